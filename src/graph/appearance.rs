//! How a node looks in a drawing.

/// Place, size and colour of one node, for the page, for pictures, and for programs that take
/// over a drawing as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Appearance {
    /// To the right, in the layout's own unit.
    pub x: f64,
    /// Upwards, in the same unit.
    pub y: f64,
    /// Diameter, in the same unit.
    pub size: f64,
    /// Red, green, blue.
    pub color: [u8; 3],
}
