import Calculation

/// Numbers, periods and days written as the tests read best. A typing mistake stops the test run.
func q(_ text: String) -> Quantity { Quantity(text)! }
func p(_ text: String) -> Period { Period(text)! }
func d(_ text: String) -> Day { Day(text)! }
