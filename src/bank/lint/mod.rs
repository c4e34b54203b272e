//! Wording rules with few false alarms (W01–W22), each a small function.

use super::check::report::Report;
use super::check::source::Source;
use super::raw::RawItem;

/// Checks the wording of an item.
pub(super) fn item(_raw: &RawItem, _source: &Source<'_>, _report: &mut Report) {}
