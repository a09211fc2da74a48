// PlanlintKitTests
