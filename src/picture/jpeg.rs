//! JPEG → its size and colours; the file itself goes on unchanged, as PDF and web pages take it whole.

use exif::{In, Reader, Tag};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{Colour, Fault, Raster, Samples, countable, damaged};

/// Reads a JPEG file. It is decoded once, as nothing else tells whether it is whole.
pub(super) fn read(bytes: &[u8]) -> Result<Raster, Fault> {
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(1 << 16).set_max_height(1 << 16);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let unread = |error: zune_jpeg::errors::DecodeErrors| damaged(error);
    decoder.decode_headers().map_err(unread)?;
    let info = decoder.info().ok_or_else(|| damaged("its size cannot be told"))?;
    countable(info.width.into(), info.height.into())?;
    let colour = match (decoder.input_colorspace(), info.components) {
        (Some(ColorSpace::CMYK | ColorSpace::YCCK), _) | (_, 4) if by_adobe(bytes) => Colour::InvertedCmyk,
        (Some(ColorSpace::CMYK | ColorSpace::YCCK), _) | (_, 4) => Colour::Cmyk,
        (_, 1) => Colour::Gray,
        _ => Colour::Rgb,
    };
    let orientation = decoder.exif().and_then(|exif| orientation(exif)).unwrap_or(1);
    decoder.decode().map_err(unread)?;
    let (width, height) = (info.width.into(), info.height.into());
    Ok(Raster { width, height, colour, samples: Samples::Jpeg, alpha: None, orientation })
}

/// Whether the file has the segment by which Adobe's programs mark theirs.
fn by_adobe(bytes: &[u8]) -> bool {
    bytes.windows(9).any(|window| window.starts_with(b"\xff\xee") && window.ends_with(b"Adobe"))
}

/// How the camera was held, 1 to 8.
fn orientation(exif: &[u8]) -> Option<u8> {
    let read = Reader::new().read_raw(exif.to_vec()).ok()?;
    let value = read.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(value).ok().filter(|value| (1..=8).contains(value))
}
