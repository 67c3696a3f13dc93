//! What the journeys stand on: the real window, driven as an officer would, and a real printing system.
//!
//! ```ignore
//! let desk = Desk::practice();
//! desk.click("Import");
//! desk.type_into("Amount", "4,950");
//! desk.sees("£4,950.00");
//! ```
//! Every step waits for the page to catch up. One that cannot be taken stops the test, with a picture of the window and
//! the page's words. Everything that was started is ended when the test ends, however it ends.
// A step that fails has nothing better to do than to stop its test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bus;
mod desk;
mod display;
mod key_ring;
mod keyboard;
mod memory;
mod practice;
mod print_shop;
mod robot;
mod running;
pub mod screens;
mod webdriver;

pub use desk::{Desk, Opening};
pub use key_ring::KeyRing;
pub use keyboard::Keyboard;
pub use print_shop::{PrintShop, Printed};
pub use robot::Robot;
