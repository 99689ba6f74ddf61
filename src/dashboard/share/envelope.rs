//! The outside of a code: prefix, base64url, checksum, deflate; a JSON text is inside.

use std::io::{Read, Write};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use sha2::{Digest, Sha256};

use super::ShareError;

/// What codes begin with, before the version.
const NAME: &str = "ctui";
/// The version that is written and read.
const VERSION: u32 = 1;
/// Most characters of a code.
const MAX_CODE: usize = 200_000;
/// Most bytes of the text in it.
const MAX_TEXT: u64 = 1 << 20;
/// Bytes of the checksum.
const CHECKSUM: usize = 4;

/// Whether a word is meant as a code, of whichever version.
pub fn is_code(word: &str) -> bool {
    version(word).is_some()
}

/// The version that a code says, and what comes after it.
fn version(word: &str) -> Option<(u32, &str)> {
    let (digits, rest) = word.trim().strip_prefix(NAME)?.split_once(':')?;
    let number =
        !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|b| b.is_ascii_digit());
    match number {
        true => Some((digits.parse().ok()?, rest)),
        false => None,
    }
}

/// The code that has `text` in it.
///
/// # Errors
/// [`ShareError::Large`] if it is too long for a code.
pub fn close(text: &[u8]) -> Result<String, ShareError> {
    let failed = |error: std::io::Error| ShareError::Content(error.to_string());
    let mut packed = DeflateEncoder::new(checksum(text).to_vec(), Compression::best());
    packed.write_all(text).map_err(failed)?;
    let packed = packed.finish().map_err(failed)?;
    let code = format!("{NAME}{VERSION}:{}", URL_SAFE_NO_PAD.encode(packed));
    match code.len() <= MAX_CODE && text.len() as u64 <= MAX_TEXT {
        true => Ok(code),
        false => Err(ShareError::Large(
            "this session is too long for a code".into(),
        )),
    }
}

/// The text in a code.
///
/// # Errors
/// [`ShareError`] for what is no code of this version, damaged, or has more in it than a code may.
pub fn open(code: &str) -> Result<Vec<u8>, ShareError> {
    if code.len() > MAX_CODE {
        return Err(ShareError::Long);
    }
    let (version, rest) = version(code).ok_or(ShareError::NoCode)?;
    if version != VERSION {
        return Err(ShareError::Newer(version));
    }
    let packed = URL_SAFE_NO_PAD
        .decode(rest.trim())
        .map_err(|_| ShareError::Damaged)?;
    let (sum, packed) = packed
        .split_at_checked(CHECKSUM)
        .ok_or(ShareError::Damaged)?;
    let mut text = Vec::new();
    DeflateDecoder::new(packed)
        .take(MAX_TEXT + 1)
        .read_to_end(&mut text)
        .map_err(|_| ShareError::Damaged)?;
    if text.len() as u64 > MAX_TEXT {
        return Err(ShareError::Long);
    }
    match sum == checksum(&text) {
        true => Ok(text),
        false => Err(ShareError::Damaged),
    }
}

fn checksum(text: &[u8]) -> [u8; CHECKSUM] {
    let digest = Sha256::digest(text);
    std::array::from_fn(|index| digest[index])
}
