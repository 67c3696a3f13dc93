//! The pages of a register's files as whoever holds the key can read them, free ones and remains included.

use std::{fs, path::Path};

use aes::cipher::{BlockModeDecrypt, KeyIvInit, block_padding::NoPadding};
use data_encoding::HEXLOWER;
use register::DataKey;

/// What SQLCipher 4 writes: pages of 4,096 bytes, whose last 80 are the initialisation vector and the authentication.
const PAGE: usize = 4_096;
const RESERVED: usize = 80;
const VECTOR: usize = 16;
/// The first page begins with the salt of the file, in the clear.
const SALT: usize = 16;
/// What stands before the log, and before each page in it.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// The files of a register that hold these bytes once decrypted, or in the clear.
pub fn holding(folder: &Path, key: &DataKey, what: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for folder in [folder.to_owned(), folder.join("backups")] {
        for file in
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file())
        {
            let bytes = fs::read(&file).unwrap();
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            let pages: Vec<Vec<u8>> = if name.ends_with(".db-wal") {
                let frames = bytes.get(LOG_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE);
                frames.map(|frame| page(key, &frame[FRAME_HEADER..], frame[..4] == [0, 0, 0, 1])).collect()
            } else if name.ends_with(".db") {
                bytes.chunks_exact(PAGE).enumerate().map(|(at, bytes)| page(key, bytes, at == 0)).collect()
            } else {
                Vec::new()
            };
            if pages.iter().any(|page| contains(page, what)) || contains(&bytes, what) {
                found.push(name);
            }
        }
    }
    found
}

fn page(key: &DataKey, bytes: &[u8], first: bool) -> Vec<u8> {
    let key = HEXLOWER.decode(key.to_text().to_lowercase().as_bytes()).unwrap();
    let (text, reserved) = bytes.split_at(PAGE - RESERVED);
    let mut text = if first { text[SALT..].to_vec() } else { text.to_vec() };
    let reader = cbc::Decryptor::<aes::Aes256>::new_from_slices(&key, &reserved[..VECTOR]).unwrap();
    reader.decrypt_padded::<NoPadding>(&mut text).unwrap();
    text
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}
