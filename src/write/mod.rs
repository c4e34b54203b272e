//! Writers: document or pages → bytes.

pub mod dump;
pub mod html;
pub mod pdf;
pub mod plain;
