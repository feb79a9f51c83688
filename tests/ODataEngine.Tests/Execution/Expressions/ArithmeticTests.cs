namespace ODataEngine.Tests.Execution.Expressions;

/// <summary>Arithmetic (OData 4.01 Part 2, 5.1.1.2) and rounding (5.1.1.9).</summary>
public sealed class ArithmeticTests
{
    [Theory]
    [InlineData("1 add 2", "3")]
    [InlineData("1 sub 2 sub 3", "-4")]
    [InlineData("2 add 3 mul 4", "14")]
    [InlineData("(4 add 5) mod (4 sub 1)", "0")]
    [InlineData("7 div 2", "3")]
    [InlineData("-7 div 2", "-3")]
    [InlineData("7 mod 3", "1")]
    [InlineData("-7 mod 3", "-1")]
    [InlineData("7 mod -3", "1")]
    [InlineData("7 divby 2", "3.5")]
    [InlineData("7 div 2.0", "3.5")]
    [InlineData("level add level", "400")]
    [InlineData("tiny mul small", "-1500")]
    [InlineData("small mul small", "90000")]
    [InlineData("big add 1", "9007199254740994")]
    [InlineData("whole add big", "9007199254741000")]
    [InlineData("price add 2.45", "5.00")]
    [InlineData("price mul whole", "17.85")]
    [InlineData("size mul 2", "5")]
    [InlineData("share add size", "4")]
    [InlineData("price add share", "4.05")]
    [InlineData("-whole", "-7")]
    [InlineData("-(whole add 1)", "-8")]
    [InlineData("-tiny", "5")]
    [InlineData("-level", "-200")]
    [InlineData("-(-128) add tiny", "123")]
    [InlineData("whole add null", "null")]
    [InlineData("-parent/whole", "null")]
    [InlineData("parent/whole mul 2", "null")]
    public void Arithmetic_Numbers_ReturnsResult(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    // 5.1.1.2.5: of doubles and singles positive div zero is INF, negative -INF, zero div zero NaN.
    [Theory]
    [InlineData("1e0 div 0", "\"INF\"")]
    [InlineData("-1e0 div 0", "\"-INF\"")]
    [InlineData("0e0 div 0", "\"NaN\"")]
    [InlineData("share div 0", "\"INF\"")]
    [InlineData("size divby 0", "\"INF\"")]
    [InlineData("-(size div 0)", "\"-INF\"")]
    [InlineData("-(size mul NaN)", "\"NaN\"")]
    [InlineData("-(share mul NaN)", "\"NaN\"")]
    public void Div_FloatingByZero_IsInfinite(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    // 5.1.1.2.5 and 5.1.1.2.6: for all other types the request fails.
    [Theory]
    [InlineData("1 div 0")]
    [InlineData("whole div (whole sub 7)")]
    [InlineData("big mod 0")]
    [InlineData("price div 0")]
    [InlineData("price mod 0")]
    [InlineData("lasts div 0")]
    public void Div_IntegerOrDecimalByZero_FailsRequest(string expression) => Assert.Equal((400, "DivisionByZero"), ExpressionEvaluator.GetError(expression));

    // 5.1.1.2.5: divby zero is infinite or not a number for all numeric types.
    [Theory]
    [InlineData("whole divby 0", "\"INF\"")]
    [InlineData("-whole divby 0", "\"-INF\"")]
    [InlineData("0 divby 0", "\"NaN\"")]
    [InlineData("whole divby (whole sub 7)", "\"INF\"")]
    [InlineData("(whole sub 7) divby (whole sub 7)", "\"NaN\"")]
    [InlineData("big divby 0", "\"INF\"")]
    [InlineData("-price divby 0.0", "\"-INF\"")]
    [InlineData("tiny divby 0", "\"-INF\"")]
    [InlineData("whole divby 0 eq INF", "true")]
    [InlineData("whole divby (whole sub 7) eq INF", "true")]
    [InlineData("whole divby 0 gt 1", "true")]
    [InlineData("whole divby whole", "1")]
    [InlineData("whole divby null", "null")]
    public void DivBy_Zero_IsInfinite(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    // A constant divisor keeps all digits of the decimal.
    [Fact]
    public void DivBy_Constant_IsDecimal() => Assert.Equal("0.3333333333333333333333333333", ExpressionEvaluator.Evaluate("1 divby 3"));

    [Theory]
    [InlineData("whole eq 0 or 10 div whole gt 0", "true")]
    [InlineData("whole ne 7 and 10 div (whole sub 7) gt 0", "false")]
    [InlineData("case(whole eq 7:0,true:10 div (whole sub 7))", "0")]
    public void Div_ByZeroBehindCondition_IsNotEvaluated(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    [Theory]
    [InlineData("(0 sub 2147483647 sub 1) mul 4294967296 mul 2")]
    [InlineData("big mul 9223372036854775807")]
    [InlineData("9223372036854775807 add 1")]
    [InlineData("79228162514264337593543950335 mul 2")]
    [InlineData("-(duration'-P10675199DT2H48M5.4775808S')")]
    [InlineData("lasts mul 1e30")]
    [InlineData("lasts mul NaN")]
    [InlineData("maxdatetime() add duration'PT1S'")]
    [InlineData("on add duration'P10000000D'")]
    public void Arithmetic_Overflow_ReturnsNull(string expression) => Assert.Equal("null", ExpressionEvaluator.Evaluate(expression));

    // OData 4.0 Part 2, 5.1.1.9: a result that does not fit has the next wider type.
    [Theory]
    [InlineData("2147483647 add 1", "2147483648")]
    [InlineData("-2147483648 sub 1", "-2147483649")]
    [InlineData("-2147483648 mul -2147483648", "4611686018427387904")]
    [InlineData("-(-2147483648 add 0)", "2147483648")]
    [InlineData("whole mul 2147483647", "15032385529")]
    [InlineData("whole mul 2147483647 mul 2 sub 1", "30064771057")]
    [InlineData("case(whole eq 7:whole mul 2147483647,true:0)", "15032385529")]
    [InlineData("substring(name,length(name) sub 2)", "\"ds\"")]
    public void Arithmetic_SmallIntegers_ResultIsWider(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    [Theory]
    [InlineData("changed add duration'P1D'", "\"2018-05-16T12:30:45.5Z\"")]
    [InlineData("changed sub 'PT30M45.5S'", "\"2018-05-15T12:00:00Z\"")]
    [InlineData("changed sub 2018-05-15T00:00:00Z", "\"PT12H30M45.5S\"")]
    [InlineData("lasts add duration'PT1H'", "\"P1DT3H3M4.5S\"")]
    [InlineData("lasts sub lasts", "\"PT0S\"")]
    [InlineData("-lasts", "\"-P1DT2H3M4.5S\"")]
    [InlineData("lasts mul 2", "\"P2DT4H6M9S\"")]
    [InlineData("0.5 mul lasts", "\"PT13H1M32.25S\"")]
    [InlineData("lasts div 2", "\"PT13H1M32.25S\"")]
    [InlineData("lasts divby 2.0", "\"PT13H1M32.25S\"")]
    [InlineData("on add duration'P1D'", "\"2018-05-16\"")]
    [InlineData("on sub 2018-05-01", "\"P14D\"")]
    // 5.1.1.2.1: today plus a positive duration smaller than one day is today; today minus one is yesterday.
    [InlineData("on add duration'PT23H'", "\"2018-05-15\"")]
    [InlineData("on sub duration'PT1H'", "\"2018-05-14\"")]
    [InlineData("on add duration'-PT1H'", "\"2018-05-14\"")]
    [InlineData("on sub duration'-PT1H'", "\"2018-05-15\"")]
    [InlineData("on sub duration'P1D'", "\"2018-05-14\"")]
    [InlineData("on sub duration'P1DT1S'", "\"2018-05-13\"")]
    public void Arithmetic_DatesAndDurations_ReturnsResult(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    [Theory]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-3")]
    [InlineData("round(0.5e0)", "1")]
    [InlineData("round(-0.5e0)", "-1")]
    [InlineData("round(price)", "3")]
    [InlineData("floor(-0.5)", "-1")]
    [InlineData("floor(price)", "2")]
    [InlineData("ceiling(price)", "3")]
    [InlineData("ceiling(size)", "3")]
    [InlineData("ceiling(-0.5e0) eq 0", "true")]
    [InlineData("round(whole)", "7")]
    [InlineData("floor(share)", "1")]
    [InlineData("round(null)", "null")]
    public void Round_Half_GoesAwayFromZero(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));
}
