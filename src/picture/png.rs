//! PNG → samples of eight bits, the opacity apart.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use png::{ColorType, Decoder, Transformations};

use super::{Colour, Fault, Raster, Samples, countable, damaged};

/// Reads a PNG file: palettes are expanded, sixteen bits cut to eight, gray stays gray.
pub(super) fn read(bytes: &[u8]) -> Result<Raster, Fault> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(Transformations::normalize_to_color8());
    // A page needs none of them, and a compressed one may unpack to gigabytes.
    decoder.set_ignore_text_chunk(true);
    let info = decoder.read_header_info().map_err(damaged)?;
    let (width, height) = (info.width, info.height);
    countable(width.into(), height.into())?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = reader.output_buffer_size().ok_or_else(|| damaged("its size cannot be told"))?;
    let mut samples = vec![0; size];
    let frame = reader.next_frame(&mut samples).map_err(damaged)?;
    reader.finish().map_err(damaged)?;
    samples.truncate(frame.buffer_size());
    let (colour, count) = match frame.color_type {
        ColorType::Grayscale => (Colour::Gray, 1),
        ColorType::GrayscaleAlpha => (Colour::Gray, 2),
        ColorType::Rgba => (Colour::Rgb, 4),
        ColorType::Rgb | ColorType::Indexed => (Colour::Rgb, 3),
    };
    let (samples, alpha) = if count % 2 == 0 { parted(&samples, count) } else { (samples, None) };
    let samples = Samples::Deflated(deflated(&samples)?);
    let alpha = alpha.as_deref().map(deflated).transpose()?;
    Ok(Raster { width, height, colour, samples, alpha, orientation: 1 })
}

fn deflated(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(damaged)
}

/// Colour and opacity apart; no opacity where every pixel is opaque.
fn parted(samples: &[u8], count: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let pixels = samples.chunks_exact(count);
    let colours = pixels.clone().flat_map(|pixel| &pixel[..count - 1]).copied().collect();
    let alpha: Vec<u8> = pixels.map(|pixel| pixel[count - 1]).collect();
    (colours, Some(alpha).filter(|alpha| alpha.iter().any(|value| *value != 255)))
}
