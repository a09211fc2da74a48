// PlanlintKit
