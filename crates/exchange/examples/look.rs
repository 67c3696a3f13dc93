//! Shows what the importer sees in a file: `cargo run -p exchange --example look FILE [SHEET]`.

fn main() -> std::process::ExitCode {
    exchange::child::run_if_child();
    let mut arguments = std::env::args_os().skip(1);
    let Some(path) = arguments.next().map(std::path::PathBuf::from) else {
        eprintln!("look FILE [SHEET]");
        return std::process::ExitCode::from(2);
    };
    let sheet = arguments.next().map(|sheet| sheet.to_string_lossy().into_owned());
    match exchange::child::read_in_child(&path, sheet.as_deref()) {
        Ok(sheet) => {
            println!("{}: {}, headings in row {}", sheet.file_name, sheet.read_as, sheet.heading_row);
            println!("{}", sheet.headings.join(" | "));
            for row in &sheet.rows {
                let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
                println!("{}: {}", row.number, cells.join(" | "));
            }
            std::process::ExitCode::SUCCESS
        }
        Err(trouble) => {
            eprintln!("{trouble} {}", trouble.fix());
            std::process::ExitCode::FAILURE
        }
    }
}
