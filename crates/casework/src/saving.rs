//! Files that leave the register: letters, lists, rows to mend.

use std::{
    fs,
    io::{self, BufWriter, ErrorKind, IntoInnerError, Write},
    path::{Path, PathBuf},
};

use letters::PressError;
use register::Register;

use crate::problem::{Code, Problem};

/// Writes a file whole or not at all, and says where it is. A file in a register's own folder is never touched.
pub fn save(path: &Path, bytes: &[u8]) -> Result<PathBuf, Problem> {
    save_from(path, |out| Ok(out.write_all(bytes)?))
}

/// As [`save`], for what is written part by part.
pub fn save_from(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Unsaved>,
) -> Result<PathBuf, Problem> {
    let whole = place(path)?;
    let mut coming = whole.clone().into_os_string();
    coming.push(".coming");
    let coming = PathBuf::from(coming);
    let written = || -> Result<(), Unsaved> {
        let mut file = BufWriter::new(fs::File::create(&coming)?);
        write(&mut file)?;
        file.into_inner().map_err(IntoInnerError::into_error)?.sync_all()?;
        Ok(fs::rename(&coming, &whole)?)
    };
    let written = written();
    if written.is_err() {
        // What is half written is no file of anybody's.
        let _ = fs::remove_file(&coming);
    }
    match written {
        Ok(()) => Ok(path.to_owned()),
        Err(Unsaved::Drive(error)) => Err(unwritten(path, error)),
        Err(Unsaved::Content(problem)) => Err(problem),
    }
}

/// Why a file did not come to be.
#[derive(Debug)]
pub enum Unsaved {
    /// The drive took no more of it.
    Drive(io::Error),
    /// What was to be in it could not be made.
    Content(Problem),
}

impl From<io::Error> for Unsaved {
    fn from(error: io::Error) -> Unsaved {
        Unsaved::Drive(error)
    }
}

impl From<Problem> for Unsaved {
    fn from(problem: Problem) -> Unsaved {
        Unsaved::Content(problem)
    }
}

impl From<PressError> for Unsaved {
    fn from(error: PressError) -> Unsaved {
        match error {
            PressError::Out(error) => Unsaved::Drive(error),
            other => Unsaved::Content(Problem::new(Code::Internal, other.to_string())),
        }
    }
}

/// Where a file of this path comes to stand as the system sees it, if one may be written there: neither `..` nor a link
/// leads into a register.
pub fn place(path: &Path) -> Result<PathBuf, Problem> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(Problem::invalid("path", "No file is named.").fix("Choose where to save it."));
    };
    if !path.is_absolute() {
        return Err(Problem::invalid("path", format!("{} names no folder.", path.display()))
            .fix("Choose where to save it."));
    }
    let folder = folder.canonicalize().map_err(|error| unwritten(path, error))?;
    if Register::holds(&folder) {
        return Err(Problem::invalid("path", format!("{} is the folder of a register.", folder.display()))
            .fix("Choose another folder; what stands in a register's own is for the program alone."));
    }
    let whole = folder.join(name);
    if whole.is_dir() {
        return Err(
            Problem::invalid("path", format!("{} is a folder.", path.display())).fix("Name a file in it.")
        );
    }
    Ok(whole)
}

/// Makes the folder that files are to be saved in.
pub fn folder(path: &Path) -> Result<(), Problem> {
    fs::create_dir_all(path).map_err(|error| unwritten(path, error))
}

fn unwritten(path: &Path, error: std::io::Error) -> Problem {
    let path = path.display();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Problem::new(
            Code::File,
            format!("The drive is full, so {path} was not written. What was there before is as it was."),
        )
        .fix("Make room on that drive, or choose another folder."),
        _ => Problem::new(Code::File, format!("{path} could not be written: {error}."))
            .fix("Choose another folder, and close the file if it is open in another program."),
    }
}

#[cfg(test)]
mod tests {
    use register::Passphrase;

    use super::*;
    use crate::Desk;

    #[test]
    fn no_file_of_a_register_is_written_over_by_whatever_way_it_is_named() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("office.vdesk");
        let now = "2026-11-23T09:30:00Z".parse().unwrap();
        let passphrase = Passphrase::new("seven quiet foxes");
        let (desk, _) = Desk::create(&folder, "Marlbrook (test)", "Ada Manager", &passphrase, now).unwrap();
        desk.close().unwrap();
        fs::create_dir(home.path().join("lists")).unwrap();
        let keys = fs::read(folder.join("keys.json")).unwrap();
        let mut ways = vec![
            folder.join("keys.json"),
            folder.join("letter.pdf"),
            folder.join("backups").join("list.csv"),
            home.path().join("lists/../office.vdesk/keys.json"),
            PathBuf::from("office.vdesk/keys.json"),
        ];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&folder, home.path().join("link")).unwrap();
            ways.push(home.path().join("link/register.db"));
        }
        for way in ways {
            let problem = save(&way, b"mine").unwrap_err();
            assert_eq!(problem.code, Code::Invalid, "{}: {problem:?}", way.display());
        }
        assert_eq!(fs::read(folder.join("keys.json")).unwrap(), keys);
        assert!(!folder.join("letter.pdf").exists());
        let list = home.path().join("lists/list.csv");
        save(&list, b"one").unwrap();
        assert_eq!(save(&list, b"two").unwrap(), list);
        assert_eq!(fs::read(&list).unwrap(), b"two");
        assert_eq!(
            fs::read_dir(home.path().join("lists")).unwrap().count(),
            1,
            "nothing half written is left"
        );
        assert_eq!(save(&home.path().join("nowhere/list.csv"), b"").unwrap_err().code, Code::File);
        assert_eq!(save(home.path(), b"").unwrap_err().code, Code::Invalid);
    }

    #[test]
    fn a_file_whose_content_cannot_be_made_or_finds_no_room_leaves_the_one_before_as_it_was() {
        let home = tempfile::tempdir().unwrap();
        let letters = home.path().join("letters.pdf");
        save(&letters, b"as it was").unwrap();
        let unmade = save_from(&letters, |out| {
            out.write_all(b"half")?;
            Err(Problem::not_found("This letter is gone.").into())
        });
        assert_eq!(unmade.unwrap_err().code, Code::NotFound);
        let full = save_from(&letters, |_| Err(PressError::Out(ErrorKind::StorageFull.into()).into()));
        assert!(full.unwrap_err().message.starts_with("The drive is full"));
        assert_eq!(fs::read(&letters).unwrap(), b"as it was");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing half written is left");
    }
}
