use crate::desk;
