// ExpressionTests
