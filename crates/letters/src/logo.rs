//! The logo, decoded and deflated once for the whole press.

use flate2::Compression;

use crate::subset::deflate;

/// A picture ready to embed.
pub(crate) struct Picture {
    pub width: u32,
    pub height: u32,
    /// Deflated RGB.
    pub colour: Vec<u8>,
    /// Deflated opacity, if any pixel is not opaque.
    pub opacity: Option<Vec<u8>>,
}

/// The most pixels a logo may have: beyond this the file was not meant for a letterhead.
const LARGEST: u64 = 40_000_000;

impl Picture {
    pub fn from_png(bytes: &[u8]) -> Result<Picture, String> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder
            .set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
        let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
        let (width, height) = (reader.info().width, reader.info().height);
        if u64::from(width) * u64::from(height) > LARGEST {
            return Err(format!("it has {width} × {height} pixels"));
        }
        let size = reader.output_buffer_size().ok_or("it is too large")?;
        let mut pixels = vec![0; size];
        let frame = reader.next_frame(&mut pixels).map_err(|error| error.to_string())?;
        pixels.truncate(frame.buffer_size());
        let (mut colour, mut opacity) = (vec![], vec![]);
        for pixel in pixels.chunks_exact(frame.color_type.samples()) {
            match *pixel {
                [grey] => colour.extend([grey; 3]),
                [grey, alpha] => {
                    colour.extend([grey; 3]);
                    opacity.push(alpha);
                }
                [r, g, b] => colour.extend([r, g, b]),
                [r, g, b, alpha, ..] => {
                    colour.extend([r, g, b]);
                    opacity.push(alpha);
                }
                [] => {}
            }
        }
        let pack = |bytes: &[u8]| deflate(bytes, Compression::best()).map_err(|error| error.to_string());
        let opaque = opacity.iter().all(|alpha| *alpha == 255);
        let opacity = if opaque { None } else { Some(pack(&opacity)?) };
        Ok(Picture { width, height, colour: pack(&colour)?, opacity })
    }
}
