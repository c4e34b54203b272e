//! Writers: document or pages → bytes.

pub mod html;
pub mod pdf;
