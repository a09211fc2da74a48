// SpatialTests
