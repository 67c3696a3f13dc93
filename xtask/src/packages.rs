//! What of the system the product needs, for which purpose, and installing what is missing.
use std::{
    fs,
    io::{self, BufRead, IsTerminal, Write},
    process::{Command, Stdio},
};

use anyhow::{Result, bail};

use crate::steps::{self, on_path};

/// Whether packages may be installed without a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Asked for on the command line, or nobody is there to be asked.
    Given,
    /// There is a person to ask.
    Ask,
}

/// What the packages are for. Each purpose includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Building the command `vdesk`.
    BuildCommand,
    /// Building and opening the window.
    BuildWindow,
    /// Journeys and printing.
    Test,
}

/// One need: its purpose, why, and its packages on Debian or Ubuntu and on Fedora.
struct Need {
    purpose: Purpose,
    why: &'static str,
    debian: &'static [&'static str],
    fedora: &'static [&'static str],
}

const NEEDS: &[Need] = &[
    Need {
        purpose: Purpose::BuildCommand,
        why: "C and Perl, for the encrypted database inside the program",
        debian: &["build-essential", "perl", "pkg-config"],
        fedora: &["gcc", "gcc-c++", "make", "perl", "pkgconf-pkg-config"],
    },
    Need {
        purpose: Purpose::BuildCommand,
        why: "libclang, which reads the database's C headers",
        debian: &["libclang-dev"],
        fedora: &["clang-devel"],
    },
    Need {
        purpose: Purpose::BuildWindow,
        why: "WebKitGTK, which draws the window",
        debian: &["libwebkit2gtk-4.1-dev", "libgtk-3-dev", "librsvg2-dev", "libssl-dev", "libxdo-dev"],
        fedora: &["webkit2gtk4.1-devel", "gtk3-devel", "librsvg2-devel", "openssl-devel", "libxdo-devel"],
    },
    Need {
        purpose: Purpose::BuildWindow,
        why: "the printing system and its programs (lp, lpstat, ipptool)",
        debian: &["cups", "cups-client", "cups-ipp-utils"],
        fedora: &["cups", "cups-client", "cups-ipptool"],
    },
    Need {
        purpose: Purpose::BuildWindow,
        why: "Inter, the window's typeface",
        debian: &["fonts-inter"],
        fedora: &["rsms-inter-fonts"],
    },
    Need {
        purpose: Purpose::Test,
        why: "a display that nobody looks at, and a session bus, for the window under test",
        debian: &["xvfb", "dbus", "fonts-dejavu-core"],
        fedora: &["xorg-x11-server-Xvfb", "dbus-daemon", "dejavu-sans-fonts"],
    },
    Need {
        purpose: Purpose::Test,
        why: "the driver that presses the window's buttons",
        debian: &["webkit2gtk-driver"],
        fedora: &["webkit2gtk-driver"],
    },
    Need {
        purpose: Purpose::Test,
        why: "CUPS's page filters, for printing into a folder",
        debian: &["cups-filters"],
        fedora: &["cups-filters"],
    },
    Need {
        purpose: Purpose::Test,
        why: "reading and checking the letters that were made",
        debian: &["poppler-utils", "qpdf"],
        fedora: &["poppler-utils", "qpdf"],
    },
    Need {
        purpose: Purpose::Test,
        why: "a desktop's key ring, which opens the register on a computer that remembers its officer",
        debian: &["gnome-keyring"],
        fedora: &["gnome-keyring"],
    },
    Need {
        purpose: Purpose::Test,
        why: "strace, which makes a drive fail at single calls",
        debian: &["strace"],
        fedora: &["strace"],
    },
    Need {
        purpose: Purpose::Test,
        why: "Python, for the auditor's script in docs/proof.md",
        debian: &["python3"],
        fedora: &["python3"],
    },
];

/// How this system installs packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    Debian,
    Fedora,
    Other,
}

impl System {
    fn of(os_release: &str) -> Self {
        let names: Vec<&str> = os_release
            .lines()
            .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
            .flat_map(|value| value.trim_matches('"').split_whitespace())
            .collect();
        if names.iter().any(|name| ["debian", "ubuntu"].contains(name)) {
            Self::Debian
        } else if names.iter().any(|name| ["fedora", "rhel"].contains(name)) {
            Self::Fedora
        } else {
            Self::Other
        }
    }

    fn packages(self, need: &Need) -> &'static [&'static str] {
        if self == Self::Fedora { need.fedora } else { need.debian }
    }

    fn has(self, package: &str) -> bool {
        let mut question = match self {
            Self::Debian => Command::new("dpkg-query"),
            Self::Fedora => Command::new("rpm"),
            Self::Other => return false,
        };
        match self {
            Self::Debian => question.args(["-W", "-f=${Status}", package]),
            _ => question.args(["-q", "--whatprovides", package]),
        };
        question.stderr(Stdio::null()).output().is_ok_and(|output| {
            output.status.success() && (self != Self::Debian || output.stdout.ends_with(b"ok installed"))
        })
    }
}

/// Makes sure that everything for `purpose` is there.
pub fn ensure(purpose: Purpose, consent: Consent) -> Result<()> {
    if purpose > Purpose::BuildCommand && !(on_path("npm") && on_path("node")) {
        bail!("Node.js 20 or later, with npm, is needed to build the screens: https://nodejs.org");
    }
    if cfg!(not(target_os = "linux")) {
        // Windows and macOS bring their own web view and printing.
        return Ok(());
    }
    let system = System::of(&fs::read_to_string("/etc/os-release").unwrap_or_default());
    let needs = NEEDS.iter().filter(|need| need.purpose <= purpose);
    if system == System::Other {
        if std::env::var_os("VOUCHER_DESK_PACKAGES").is_some() {
            return Ok(());
        }
        println!("This Linux is not one whose packages are known here. It needs (in Debian's names):");
        needs.for_each(|need| println!("  {:<60} {}", need.debian.join(" "), need.why));
        bail!("install these, then set VOUCHER_DESK_PACKAGES=installed");
    }
    let mut missing = Vec::new();
    for need in needs {
        let lacking: Vec<&str> =
            system.packages(need).iter().copied().filter(|package| !system.has(package)).collect();
        if !lacking.is_empty() {
            println!("missing: {:<50} {}", lacking.join(" "), need.why);
            missing.extend(lacking);
        }
    }
    if missing.is_empty() { Ok(()) } else { install(system, &missing, consent) }
}

fn install(system: System, missing: &[&str], consent: Consent) -> Result<()> {
    if consent == Consent::Ask && !agreed()? {
        bail!("not installed: {}", missing.join(" "));
    }
    match system {
        System::Fedora => as_administrator(&[&["dnf", "install", "-y"], missing].concat()),
        _ => {
            as_administrator(&["apt-get", "update", "-qq"])?;
            let install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"];
            as_administrator(&[&install, missing].concat())
        }
    }
}

/// Asks the person; with no terminal there is none, and nothing is installed behind anyone's back.
fn agreed() -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    print!("Install them now? [Y/n] ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

fn as_administrator(words: &[&str]) -> Result<()> {
    let is_root = steps::read(steps::program("id", &["-u"]))?.trim() == "0";
    let mut command = if is_root {
        steps::program("env", &["DEBIAN_FRONTEND=noninteractive"])
    } else if on_path("sudo") {
        steps::program("sudo", &["env", "DEBIAN_FRONTEND=noninteractive"])
    } else {
        bail!("administrator rights are needed; run this as root: {}", words.join(" "))
    };
    command.args(words);
    println!("$ {}", steps::spelled(&command));
    steps::run(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_known_by_their_own_name_or_their_familys() {
        assert_eq!(System::of("PRETTY_NAME=\"Debian 12\"\nID=debian\n"), System::Debian);
        assert_eq!(System::of("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"), System::Debian);
        assert_eq!(System::of("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"), System::Fedora);
        assert_eq!(System::of("ID=arch\n"), System::Other, "an unknown system is told what to install");
    }

    #[test]
    fn a_purpose_includes_those_before_it() {
        assert!(Purpose::BuildCommand < Purpose::BuildWindow && Purpose::BuildWindow < Purpose::Test);
    }
}
