//! Writes specimen letters to a folder, to be looked at: `cargo run --example specimen -- FOLDER`.

use letters::{Letter, Press, Stationery, Window};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "specimens".into()));
    std::fs::create_dir_all(&folder)?;
    let press = Press::new()?;
    let facts: serde_json::Value = serde_json::from_str(include_str!("../tests/templates/facts.json"))?;
    let stationery = Stationery {
        sender_name: "West Midlands Innovation Vouchers".into(),
        sender_lines: ["16 Summer Lane", "Birmingham B19 3SD", "0121 496 0147", "vouchers@wmiv.example"]
            .map(String::from)
            .into(),
        registered_line: Some(
            "A programme of the fictitious West Midlands Office for Innovation, registered charity 1199999."
                .into(),
        ),
        fold_marks: true,
        ..Stationery::default()
    };
    let c5 = Stationery { window: Window::C5, ..stationery.clone() };
    let offer = include_str!("../tests/templates/offer.md");
    let declaration = include_str!("../tests/templates/declaration.md");
    for (name, template, stationery, number) in [
        ("offer", offer, &stationery, Some("WMIV-2026-0147/L01")),
        ("offer-c5", offer, &c5, Some("WMIV-2026-0147/L01")),
        ("draft", offer, &stationery, None),
        ("declaration", declaration, &stationery, Some("WMIV-2026-0147/L02")),
    ] {
        let letter = Letter {
            template,
            facts: &facts,
            stationery,
            number,
            date: (2026, 11, 23),
            title: "Offer of innovation voucher",
            language: "en-GB",
            max_pages: Some(4),
        };
        match press.typeset(&letter) {
            Ok(typeset) => {
                std::fs::write(folder.join(format!("{name}.pdf")), &typeset.pdf)?;
                println!("{name}: {} pages, {} bytes", typeset.pages, typeset.pdf.len());
            }
            Err(faults) => {
                faults.iter().for_each(|fault| println!("{name}: {} {}", fault.message(), fault.fix()))
            }
        }
    }
    match press.window_test_page(&stationery) {
        Ok(page) => std::fs::write(folder.join("window.pdf"), &page.pdf)?,
        Err(faults) => faults.iter().for_each(|fault| println!("window: {}", fault.message())),
    }
    Ok(())
}
