namespace ODataEngine.Tests.Execution.Expressions;

/// <summary>Date and time functions (OData 4.01 Part 2, 5.1.1.8).</summary>
public sealed class TimeFunctionTests
{
    [Theory]
    [InlineData("year(on)", "2018")]
    [InlineData("month(on)", "5")]
    [InlineData("day(on)", "15")]
    [InlineData("year(changed)", "2018")]
    [InlineData("hour(changed)", "12")]
    [InlineData("minute(changed)", "30")]
    [InlineData("second(changed)", "45")]
    [InlineData("fractionalseconds(changed)", "0.5")]
    [InlineData("hour(opens)", "8")]
    [InlineData("minute(opens)", "30")]
    [InlineData("second(opens)", "15")]
    [InlineData("fractionalseconds(opens)", "0.25")]
    [InlineData("date(changed)", "\"2018-05-15\"")]
    [InlineData("time(changed)", "\"12:30:45.5\"")]
    [InlineData("totalseconds(lasts)", "93784.5")]
    [InlineData("totalseconds(-lasts)", "-93784.5")]
    [InlineData("totaloffsetminutes(changed)", "0")]
    [InlineData("now()", "\"2026-03-02T12:00:00Z\"")]
    [InlineData("mindatetime()", "\"0001-01-01T00:00:00Z\"")]
    [InlineData("maxdatetime()", "\"9999-12-31T23:59:59.9999999Z\"")]
    [InlineData("year(parent/on)", "null")]
    [InlineData("hour(null)", "null")]
    public void Function_DateAndTime_ReturnsPart(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    // The functions are evaluated in the time zone of the value.
    [Theory]
    [InlineData("date(2018-05-15T00:30:00+02:00)", "\"2018-05-15\"")]
    [InlineData("time(2018-05-15T00:30:00+02:00)", "\"00:30:00\"")]
    [InlineData("day(2018-05-15T00:30:00+02:00)", "15")]
    [InlineData("hour(2018-05-15T00:30:00+02:00)", "0")]
    [InlineData("hour(2018-05-15T00:30:00Z)", "0")]
    [InlineData("totaloffsetminutes(2018-05-15T00:30:00+02:00)", "120")]
    [InlineData("totaloffsetminutes(2018-05-15T00:30:00-03:30)", "-210")]
    public void Function_LiteralWithOffset_UsesItsOffset(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));
}
