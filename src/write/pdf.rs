//! Pages → PDF bytes. `printpdf` and `lopdf` are used here alone.
