//! The real window, as an officer uses it.
use std::{
    collections::HashMap,
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::Once,
    thread,
    time::{Duration, SystemTime},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    display::Display,
    memory, practice,
    running::{PATIENCE, wait_within},
    webdriver::{Element, Refused, Session},
};

const FIND: &str = concat!(include_str!("names.js"), include_str!("find.js"));
/// In the window's home: what it and its driver wrote beside the window.
const SAID: &str = "stderr";
const PRESSABLE: &[&str] = &[
    "button",
    "link",
    "tab",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "option",
    "checkbox",
    "radio",
    "switch",
    "treeitem",
    "combobox",
    "row",
];
const WRITABLE: &[&str] = &["textbox", "searchbox", "combobox", "spinbutton"];

/// How the program is to be started.
pub struct Opening {
    program: &'static str,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    size: (u32, u32),
    dark: bool,
    still: bool,
    patience: Duration,
}

impl Opening {
    /// With these words on its command line.
    pub fn with_arguments(arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|it| (*it).to_owned()).collect();
        Self {
            program: "voucher-desk",
            arguments,
            environment: Vec::new(),
            size: (1280, 800),
            dark: false,
            still: false,
            patience: PATIENCE,
        }
    }

    /// On the fictitious practice office.
    pub fn practice() -> Self {
        Self::with_arguments(&["--practice"])
    }

    /// Another program that was built beside the product, to compare with.
    pub fn of(program: &'static str) -> Self {
        Self { program, ..Self::with_arguments(&[]) }
    }

    /// With an environment variable, such as the `CUPS_SERVER` of a [`crate::PrintShop`].
    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// With files that stay here from one start to the next.
    pub fn at_home(self, home: &Path) -> Self {
        let folder = |name: &str| home.join(name).display().to_string();
        self.environment("XDG_CONFIG_HOME", &folder("config")).environment("XDG_DATA_HOME", &folder("data"))
    }

    /// In a window of this size.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = (width, height);
        self
    }

    /// On a desktop set to dark.
    pub fn dark(mut self) -> Self {
        self.dark = true;
        self
    }

    /// On a desktop set to move nothing.
    pub fn still(mut self) -> Self {
        self.still = true;
        self
    }

    /// With steps that may each take this long.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Opens the window.
    pub fn open(self) -> Desk {
        build_programs();
        let home = TempDir::new().expect("a temporary folder");
        if self.arguments.iter().any(|argument| argument == "--practice") {
            practice::lend_to(&home.path().join("data"));
        }
        if self.still {
            let settings = home.path().join("config/gtk-3.0");
            fs::create_dir_all(&settings).expect("a folder can be made");
            fs::write(settings.join("settings.ini"), "[Settings]\ngtk-enable-animations=0\n")
                .expect("it can be written");
        }
        let display = Display::start(self.size.0, self.size.1);
        let mut driver = Command::new("WebKitWebDriver");
        display.lend_to(&mut driver);
        driver
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // No journey sees what another left behind, or what the developer has at home.
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .env("XDG_CACHE_HOME", home.path().join("cache"))
            .env("XDG_RUNTIME_DIR", home.path())
            // There is no graphics card behind this display. (WEBKIT_DISABLE_DMABUF_RENDERER would be another way to say
            // so, but with it WebKit never finishes a picture of a window at rest.)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("GTK_THEME", if self.dark { "Adwaita:dark" } else { "Adwaita" })
            .env("NO_AT_BRIDGE", "1")
            .envs(self.environment)
            .stderr(File::create(home.path().join(SAID)).expect("a file can be made"));
        let program = program(self.program).to_str().expect("a path in UTF-8").to_owned();
        let session = Session::open(driver, &program, &self.arguments).unwrap_or_else(|why| {
            let said = fs::read_to_string(home.path().join(SAID)).unwrap_or_default();
            panic!("the window did not open: {why}\n{said}")
        });
        session.resize(self.size.0, self.size.1).expect("the window takes its size");
        Desk { session, home, patience: self.patience, _display: display }
    }
}

/// An open window. It closes when this is dropped.
pub struct Desk {
    // In this order: the window closes before its display and its home go.
    session: Session,
    _display: Display,
    home: TempDir,
    patience: Duration,
}

impl Desk {
    /// A window on the practice office.
    pub fn practice() -> Self {
        Opening::practice().open()
    }

    /// The home folder that this window's program believes in.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The moment at which the program was asked to start.
    pub fn asked_for(&self) -> SystemTime {
        self.session.asked()
    }

    /// Bytes of memory that the program and the processes of its web view hold, by their names.
    pub fn memory(&self) -> HashMap<String, u64> {
        memory::below(self.session.driver())
    }

    /// Presses the button, link, tab, menu item, option, box or row of this name.
    pub fn click(&self, name: &str) {
        self.click_the(PRESSABLE, name);
    }

    /// The same where one name is on several kinds of thing: `desk.click_role("tab", "Letters")`.
    pub fn click_role(&self, role: &str, name: &str) {
        self.click_the(&[role], name);
    }

    fn click_the(&self, roles: &[&str], name: &str) {
        self.until(&format!("{name:?} can be pressed ({})", roles.join(", ")), || {
            match self.find(roles, name) {
                None => false,
                // A page that is just changing can take the thing away under the pointer, or be busy with it; look again.
                Some(element) => self.may_press(&element) && self.session.click(&element).is_ok(),
            }
        });
    }

    /// Waits until the thing of this name is greyed out, and says why when the pointer rests on it.
    pub fn cannot_press(&self, name: &str, why: &str) {
        let script =
            "return arguments[0].ariaDisabled === 'true' && arguments[0].title.includes(arguments[1])";
        self.until(&format!("{name:?} cannot be pressed, because {why:?}"), || {
            let found = self.find(PRESSABLE, name);
            found.is_some_and(|it| {
                self.session.run(script, json!([it.as_argument(), why])).is_ok_and(|answer| answer == true)
            })
        });
    }

    fn may_press(&self, element: &Element) -> bool {
        let script = "return arguments[0].ariaDisabled !== 'true'";
        self.session.run(script, json!([element.as_argument()])).is_ok_and(|may| may == true)
    }

    /// Replaces what the field of this label holds.
    pub fn type_into(&self, label: &str, text: &str) {
        self.until(&format!("text can go into {label:?}"), || {
            let Some(field) = self.find(WRITABLE, label) else { return false };
            let chosen = self
                .session
                .run("arguments[0].focus(); arguments[0].select?.()", json!([field.as_argument()]));
            chosen.is_ok() && self.session.type_into(&field, text).is_ok()
        });
    }

    /// Takes this choice from the list of this label.
    pub fn choose(&self, label: &str, choice: &str) {
        self.until(&format!("{choice:?} can be chosen as {label:?}"), || {
            let Some(list) = self.find(&["combobox"], label) else { return false };
            let option = self.session.run(
                "return [...arguments[0].options].find((it) => it.text === arguments[1]) ?? null",
                json!([list.as_argument(), choice]),
            );
            option.ok().as_ref().and_then(Element::of).is_some_and(|it| self.session.click(&it).is_ok())
        });
    }

    /// Waits until these words can be read anywhere in the window.
    pub fn sees(&self, words: &str) {
        self.until(&format!("{words:?} can be read"), || self.reads(words));
    }

    /// The same for what takes its time by design.
    pub fn sees_within(&self, patience: Duration, words: &str) {
        self.within(patience, &format!("{words:?} can be read"), || self.reads(words));
    }

    /// Waits until these words can be read nowhere in the window.
    pub fn no_longer_sees(&self, words: &str) {
        self.until(&format!("{words:?} is gone"), || !self.reads(words));
    }

    /// Waits for a heading of this name.
    pub fn sees_heading(&self, name: &str) {
        self.sees_role("heading", name);
    }

    /// Waits for a thing of this role and name, such as a `dialog`.
    pub fn sees_role(&self, role: &str, name: &str) {
        self.until(&format!("there is a {role} {name:?}"), || self.find(&[role], name).is_some());
    }

    /// Presses keys together: `Ctrl+Z`, `/`, `Escape`, `Shift+Tab`.
    pub fn press(&self, keys: &str) {
        let keys: Vec<char> = keys.split('+').map(key).collect();
        self.session.press(&keys).unwrap_or_else(|refused| self.stop(&format!("{refused:?}")));
    }

    /// Types wherever the cursor is.
    pub fn write(&self, text: &str) {
        let focus = self.script("return document.activeElement", json!([]));
        let Some(field) = Element::of(&focus) else { self.stop("nothing has the focus") };
        self.session.type_into(&field, text).unwrap_or_else(|refused| self.stop(&format!("{refused:?}")));
    }

    /// Waits until what can be read stands still.
    pub fn settles(&self) {
        let mut before = String::new();
        self.until("the window stands still", || {
            let now = self.words();
            let still = now == before
                && self.script("return !document.querySelector('[aria-busy=true]')", json!([])) == true;
            before = now;
            still
        });
    }

    /// Closes whatever question is open.
    pub fn leave_questions(&self) {
        self.until("no question is open", || {
            let open = self
                .script("return !!document.querySelector('[role=dialog], [role=menu]')", json!([]))
                == true;
            if open {
                self.press("Escape");
            }
            !open
        });
    }

    /// How the window looks, as under Settings, Appearance: `theme`, `contrast`, `text`.
    pub fn look(&self, look: Value) {
        self.sees("Today");
        self.script(
            "localStorage.setItem('voucher-desk.appearance', JSON.stringify(arguments[0])); location.reload()",
            json!([look]),
        );
        self.sees("Today");
        self.settles();
    }

    /// All words in the window.
    pub fn words(&self) -> String {
        let words = self.session.run("return document.body.innerText", json!([])).unwrap_or_default();
        words.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What a script answers: for what an officer cannot see, such as an accessibility checker's findings.
    pub fn script(&self, script: &str, arguments: Value) -> Value {
        self.session.run(script, arguments).unwrap_or_else(|refused| self.stop(&format!("{refused:?}")))
    }

    /// The same for a script that calls its last argument with the answer.
    pub fn script_until_called(&self, script: &str, arguments: Value) -> Value {
        self.session
            .run_until_called(script, arguments)
            .unwrap_or_else(|refused| self.stop(&format!("{refused:?}")))
    }

    /// Saves a picture of the window as `target/screenshots/NAME.png` and returns where.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        self.save_picture("screenshots", name)
            .unwrap_or_else(|refused| panic!("no picture of the window: {refused:?}"))
    }

    fn save_picture(&self, folder: &str, name: &str) -> Result<PathBuf, Refused> {
        let file = target_folder().join(folder).join(format!("{name}.png"));
        // The driver's picture is of the next frame, and a window at rest has none when no graphics card asks for it.
        let repaint = |on: bool| self.session.run(include_str!("repaint.js"), json!([on]));
        let painting = repaint(true);
        let picture = self.session.picture();
        if painting.is_ok() {
            repaint(false)?;
        }
        let picture = picture?;
        fs::create_dir_all(file.parent().expect("it has a folder")).expect("the folder can be made");
        fs::write(&file, picture).expect("the picture can be written");
        Ok(file)
    }

    fn reads(&self, words: &str) -> bool {
        self.words().contains(&words.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn find(&self, roles: &[&str], name: &str) -> Option<Element> {
        self.session.run(FIND, json!([roles, name])).ok().as_ref().and_then(Element::of)
    }

    /// Waits, and shows the window when it was in vain.
    pub fn until(&self, what: &str, answer: impl FnMut() -> bool) {
        self.within(self.patience, what, answer);
    }

    fn within(&self, patience: Duration, what: &str, answer: impl FnMut() -> bool) {
        let waited =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| wait_within(patience, what, answer)));
        if waited.is_err() {
            self.stop(what);
        }
    }

    pub(crate) fn stop(&self, what: &str) -> ! {
        let test = thread::current().name().unwrap_or("journey").replace("::", "-");
        let picture = match self.save_picture("journeys", &test) {
            Ok(file) => file.display().to_string(),
            Err(refused) => format!("none, {}: {}", refused.error, refused.message),
        };
        let said = fs::read_to_string(self.home.path().join(SAID)).unwrap_or_default();
        panic!(
            "the step failed: {what}\npicture: {picture}\nthe window reads: {}\nit wrote: {said}",
            self.words()
        );
    }
}

/// WebDriver's character for a key.
fn key(name: &str) -> char {
    match name {
        "Ctrl" => '\u{e009}',
        "Shift" => '\u{e008}',
        "Alt" => '\u{e00a}',
        "Enter" => '\u{e007}',
        "Escape" => '\u{e00c}',
        "Tab" => '\u{e004}',
        "Backspace" => '\u{e003}',
        "Delete" => '\u{e017}',
        "Space" => ' ',
        "Up" => '\u{e013}',
        "Down" => '\u{e015}',
        "Left" => '\u{e012}',
        "Right" => '\u{e014}',
        "Home" => '\u{e011}',
        "End" => '\u{e010}',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        _ => {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter.to_ascii_lowercase(),
                _ => panic!("there is no key called {name:?}"),
            }
        }
    }
}

/// `cargo test` alone does not build the programs, and a journey through an old one would prove nothing. They are built with the
/// whole workspace's features, as the tests are: with others, hundreds of crates would be built anew.
fn build_programs() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if env::var_os("VOUCHER_DESK_IS_BUILT").is_none() {
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["build", "--quiet", "--workspace", "--bin", "voucher-desk", "--bin", "vdesk"]);
            if !cfg!(debug_assertions) {
                cargo.arg("--release");
            }
            assert!(cargo.status().expect("cargo starts").success(), "the programs do not build");
        }
    });
}

/// One of the programs beside this test's own.
pub(crate) fn program(name: &str) -> PathBuf {
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    target_folder().join(profile).join(name)
}

fn target_folder() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => folder.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
    }
}
