//! The product as officers meet it. A file per journey; each reads as the steps that an officer would tell you.
mod opening;
mod printing;
