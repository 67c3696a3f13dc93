//! A real printing system whose one printer lays its paper in a folder.
use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

use crate::running::{Running, free_port, wait_until};

/// What the printer can do: two sides, and headed paper in a tray of its own.
const DRIVER: &str = include_str!("print_shop.ppd");

/// A private CUPS server, with its own settings, spool and port, and one queue. Needs no administrator.
pub struct PrintShop {
    port: u16,
    folder: TempDir,
    _server: Running,
}

impl PrintShop {
    /// The name of the queue.
    pub const QUEUE: &'static str = "Test_PDF";

    /// Opens the shop.
    pub fn open() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let port = free_port();
        lay_out(folder.path(), port);
        let log = fs::File::create(folder.path().join("log/out")).expect("a log can be made");
        let mut server = Running::start(
            Command::new(folder.path().join("bin/cupsd"))
                .arg("-f")
                .arg("-c")
                .arg(folder.path().join("etc/cupsd.conf"))
                .arg("-s")
                .arg(folder.path().join("etc/cups-files.conf"))
                .stdout(Stdio::null())
                .stderr(log),
        );
        server.wait_for_port(port);
        let shop = Self { port, folder, _server: server };
        shop.add_queue();
        shop
    }

    /// Where it listens, for `CUPS_SERVER` or [`desk_window::printing::Printers::of_server`].
    pub fn address(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// Waits for a job's paper, such as that of `Test_PDF-12`.
    pub fn paper_of(&self, job: &str) -> Printed {
        let number = job.rsplit('-').next().expect("a job has a number");
        let pdf = self.folder.path().join("out").join(format!("{number}.pdf"));
        wait_until(&format!("job {job} is on paper"), || pdf.exists());
        let note = fs::read_to_string(pdf.with_extension("job")).expect("the job's note");
        let mut lines = note.lines().map(str::to_owned);
        let mut next = || lines.next().expect("the note is complete");
        let (_number, _user) = (next(), next());
        Printed { title: next(), copies: next(), options: next(), pdf }
    }

    fn add_queue(&self) {
        let output = Command::new("lpadmin")
            .args(["-h", &self.address(), "-p", Self::QUEUE, "-E", "-D", "Front office"])
            .args(["-o", "printer-is-shared=false", "-v"])
            .arg(format!("shelf:{}", self.folder.path().join("out").display()))
            .arg("-P")
            .arg(self.folder.path().join("etc/shelf.ppd"))
            .output()
            .expect("lpadmin starts");
        assert!(output.status.success(), "no queue: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// What lies on the shelf.
pub struct Printed {
    /// The job's title.
    pub title: String,
    /// How many copies the printer was told to make.
    pub copies: String,
    /// CUPS's options, as the printer's driver was given them.
    pub options: String,
    /// The pages.
    pub pdf: PathBuf,
}

impl Printed {
    /// The words on the paper.
    pub fn text(&self) -> String {
        let output = Command::new("pdftotext").arg(&self.pdf).arg("-").output().expect("pdftotext starts");
        assert!(output.status.success(), "{} is no PDF", self.pdf.display());
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// Writes the server's folders and settings.
fn lay_out(top: &Path, port: u16) {
    for folder in ["bin/backend", "etc", "spool/tmp", "state", "cache", "log", "out"] {
        fs::create_dir_all(top.join(folder)).expect("a folder can be made");
    }
    // Started by root, CUPS filters pages as another user, who must be able to come in.
    fs::set_permissions(top, Permissions::from_mode(0o755)).expect("our own folder");
    fs::set_permissions(top.join("out"), Permissions::from_mode(0o777)).expect("our own folder");

    // CUPS's own filters, and a backend that lays the paper in the folder.
    let system = ["/usr/lib/cups", "/usr/libexec/cups"]
        .into_iter()
        .find(|it| Path::new(it).join("filter").exists())
        .expect("CUPS is installed");
    for part in ["filter", "cgi-bin", "monitor", "notifier", "daemon", "driver"] {
        symlink(Path::new(system).join(part), top.join("bin").join(part)).expect("a link can be made");
    }
    let backend = top.join("bin/backend/shelf");
    fs::write(&backend, include_str!("print_shop_backend.sh")).expect("the backend can be written");
    fs::set_permissions(&backend, Permissions::from_mode(0o700)).expect("our own file");

    // A copy, because AppArmor lets the one in /usr/sbin read no settings but the system's own.
    let server = top.join("bin/cupsd");
    fs::copy("/usr/sbin/cupsd", &server).expect("CUPS is installed");
    fs::set_permissions(&server, Permissions::from_mode(0o755)).expect("our own file");

    let at = top.display();
    fs::write(top.join("etc/shelf.ppd"), DRIVER).expect("our own folder");
    fs::write(
        top.join("etc/cupsd.conf"),
        format!(
            "Listen localhost:{port}\nListen {at}/cups.sock\nLogLevel debug\nMaxLogSize 0\nBrowsing No\n\
             DefaultAuthType None\nWebInterface No\n<Location />\n  Order allow,deny\n  Allow localhost\n</Location>\n\
             <Policy default>\n  JobPrivateAccess all\n  JobPrivateValues none\n  <Limit All>\n    \
             Order deny,allow\n    Allow localhost\n  </Limit>\n</Policy>\n"
        ),
    )
    .expect("our own folder");
    fs::write(
        top.join("etc/cups-files.conf"),
        format!(
            "ServerRoot {at}/etc\nServerBin {at}/bin\nRequestRoot {at}/spool\nTempDir {at}/spool/tmp\n\
             StateDir {at}/state\nCacheDir {at}/cache\nAccessLog {at}/log/access\nErrorLog {at}/log/error\n\
             PageLog {at}/log/page\nSystemGroup root\n"
        ),
    )
    .expect("our own folder");
}
