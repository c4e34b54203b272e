//! Pictures in a line of text (DrawingML), with their alternative text.

use std::sync::Arc;

use super::parts::{Sheet, relationship};
use super::pixels;
use crate::doc::Figure;
use crate::exchange::archive::Packed;
use crate::exchange::xml::Xml;
use crate::picture::{Matter, Picture};

/// English metric units in a point, and in a twentieth of one.
const EMU_OF_POINT: f32 = 12_700.0;
const EMU_OF_TWIP: u32 = 635;
const POINTS_OF_MM: f32 = 72.0 / 25.4;

/// The pictures of a document so far.
pub(super) struct Pictures {
    sheet: Sheet,
    /// Each file once: the picture's bytes, and the ids of what is shown of it: pixels, drawing.
    known: Vec<(Arc<[u8]>, String, Option<String>)>,
    relationships: Vec<(String, String)>,
    media: Vec<Packed>,
    shown: u32,
}

impl Pictures {
    pub fn new(sheet: Sheet) -> Self {
        Pictures { sheet, known: Vec::new(), relationships: Vec::new(), media: Vec::new(), shown: 0 }
    }

    /// Ids and targets, and the files.
    pub fn finish(self) -> (Vec<(String, String)>, Vec<Packed>) {
        (self.relationships, self.media)
    }

    /// A run with a picture, no wider than `room`, twentieths of a point.
    pub fn drawing(&mut self, figure: &Figure, room: u32) -> String {
        let picture = &figure.picture;
        let (pixels, drawn) = self.files(picture);
        self.shown += 1;
        let lies = Lying::of(picture, size(figure, room, self.sheet.text_height()));
        let (cx, cy) = (lies.width.to_string(), lies.height.to_string());
        let [beside, over] = lies.beyond().map(|beyond| beyond.to_string());
        let id = self.shown.to_string();
        let name = format!("Picture {id}");
        let told = [("id", id.as_str()), ("name", name.as_str()), ("descr", figure.alt.as_str())];
        let mut xml = Xml::fragment();
        xml.within("w:r", &[], |xml| {
            xml.within("w:drawing", &[], |xml| {
                let no_distance = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
                xml.within("wp:inline", &no_distance, |xml| {
                    xml.mark("wp:extent", &[("cx", &cx), ("cy", &cy)]);
                    xml.mark("wp:effectExtent", &[("l", &beside), ("t", &over), ("r", &beside), ("b", &over)]);
                    xml.mark("wp:docPr", &told);
                    xml.within("wp:cNvGraphicFramePr", &[], |xml| {
                        xml.mark("a:graphicFrameLocks", &[("noChangeAspect", "1")]);
                    });
                    xml.within("a:graphic", &[], |xml| {
                        let uri = "http://schemas.openxmlformats.org/drawingml/2006/picture";
                        xml.within("a:graphicData", &[("uri", uri)], |xml| {
                            xml.within("pic:pic", &[], |xml| {
                                xml.within("pic:nvPicPr", &[], |xml| {
                                    xml.mark("pic:cNvPr", &told);
                                    xml.mark("pic:cNvPicPr", &[]);
                                });
                                blip(xml, &pixels, drawn.as_deref());
                                lies.shape(xml);
                            });
                        });
                    });
                });
            });
        });
        xml.finish()
    }

    /// The ids of a picture's pixels and, of a drawing, of the drawing.
    fn files(&mut self, picture: &Picture) -> (String, Option<String>) {
        if let Some((_, pixels, drawn)) = self.known.iter().find(|(bytes, ..)| *bytes == picture.web.bytes) {
            return (pixels.clone(), drawn.clone());
        }
        let bytes = &picture.web.bytes;
        let (pixels, drawn) = match &picture.matter {
            Matter::Raster(_) if picture.web.media_type == "image/jpeg" => (self.file("jpeg", bytes), None),
            Matter::Raster(_) => (self.file("png", bytes), None),
            Matter::Drawing(paths) => {
                let pixels = pixels::png(paths, picture.size).map(|pixels| self.file("png", &pixels));
                let drawn = self.file("svg", bytes);
                // A drawing without an extent has no pixels.
                match pixels {
                    Some(pixels) => (pixels, Some(drawn)),
                    None => (drawn, None),
                }
            }
        };
        self.known.push((Arc::clone(bytes), pixels.clone(), drawn.clone()));
        (pixels, drawn)
    }

    fn file(&mut self, ending: &str, bytes: &[u8]) -> String {
        let name = format!("media/picture{}.{ending}", self.media.len() + 1);
        let id = relationship(self.relationships.len());
        self.media.push(Packed::new(format!("word/{name}"), bytes));
        self.relationships.push((id.clone(), name));
        id
    }
}

/// Width and height, EMU: as wide as asked for or as it is, within the room and three quarters of a page.
fn size(figure: &Figure, room: u32, page: u32) -> (u32, u32) {
    let (own_width, own_height) = figure.picture.size;
    let asked = figure.width.map_or_else(|| figure.picture.width_unasked(), |width| width * POINTS_OF_MM);
    let ratio = own_height.max(1.0) / own_width.max(1.0);
    let most = (room * EMU_OF_TWIP) as f32;
    let highest = (page * EMU_OF_TWIP) as f32 * 0.75;
    let width = (asked * EMU_OF_POINT).min(most).min(highest / ratio).max(1.0);
    (width as u32, (width * ratio).max(1.0) as u32)
}

/// The pixels; Word from 2016 on shows the drawing in their place.
fn blip(xml: &mut Xml, pixels: &str, drawn: Option<&str>) {
    xml.within("pic:blipFill", &[], |xml| {
        match drawn {
            None => xml.mark("a:blip", &[("r:embed", pixels)]),
            Some(drawn) => xml.within("a:blip", &[("r:embed", pixels)], |xml| {
                xml.within("a:extLst", &[], |xml| {
                    xml.within("a:ext", &[("uri", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}")], |xml| {
                        let name = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
                        xml.mark("asvg:svgBlip", &[("xmlns:asvg", name), ("r:embed", drawn)]);
                    });
                });
            }),
        }
        xml.within("a:stretch", &[], |xml| xml.mark("a:fillRect", &[]));
    });
}

/// How a picture lies: a photograph that was taken with the camera held sideways is turned. The extents are those before.
struct Lying {
    width: u32,
    height: u32,
    /// Sixty-thousandths of a degree.
    turn: u32,
    flipped: bool,
}

impl Lying {
    /// Of a picture that is to be seen so wide and high.
    fn of(picture: &Picture, (width, height): (u32, u32)) -> Self {
        let orientation = match &picture.matter {
            Matter::Raster(raster) => raster.orientation,
            Matter::Drawing(_) => 1,
        };
        let (quarters, flipped) = match orientation {
            2 => (0, true),
            3 => (2, false),
            4 => (2, true),
            5 => (3, true),
            6 => (1, false),
            7 => (1, true),
            8 => (3, false),
            _ => (0, false),
        };
        let (width, height) = if quarters % 2 == 1 { (height, width) } else { (width, height) };
        Lying { width, height, turn: quarters * 5_400_000, flipped }
    }

    /// By how much it reaches over its extent at each side, and above and below.
    fn beyond(&self) -> [u32; 2] {
        match self.turn % 10_800_000 {
            0 => [0, 0],
            _ => [self.height.saturating_sub(self.width) / 2, self.width.saturating_sub(self.height) / 2],
        }
    }

    fn shape(&self, xml: &mut Xml) {
        let turn = self.turn.to_string();
        let turned = (self.turn > 0).then_some(("rot", turn.as_str()));
        let how: Vec<(&str, &str)> = turned.into_iter().chain(self.flipped.then_some(("flipH", "1"))).collect();
        xml.within("pic:spPr", &[], |xml| {
            xml.within("a:xfrm", &how, |xml| {
                xml.mark("a:off", &[("x", "0"), ("y", "0")]);
                xml.mark("a:ext", &[("cx", &self.width.to_string()), ("cy", &self.height.to_string())]);
            });
            xml.within("a:prstGeom", &[("prst", "rect")], |xml| xml.mark("a:avLst", &[]));
        });
    }
}
