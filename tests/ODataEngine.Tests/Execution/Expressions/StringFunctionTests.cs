using System.Globalization;

namespace ODataEngine.Tests.Execution.Expressions;

/// <summary>String functions (OData 4.01 Part 2, 5.1.1.5 and 5.1.1.7); the examples with Alfreds Futterkiste are those of the standard.</summary>
public sealed class StringFunctionTests
{
    [Theory]
    [InlineData("concat(concat(name,' '),text)", "\"Alfreds Futterkiste\"")]
    [InlineData("contains(name,'lfre')", "true")]
    [InlineData("contains(name,'LFRE')", "false")]
    [InlineData("contains(name,'')", "true")]
    [InlineData("startswith(name,'Alf')", "true")]
    [InlineData("startswith(name,'alf')", "false")]
    [InlineData("endswith(text,'kiste')", "true")]
    [InlineData("indexof(name,'lfreds')", "1")]
    [InlineData("indexof(name,'x')", "-1")]
    [InlineData("indexof(name,'')", "0")]
    [InlineData("length(text)", "11")]
    [InlineData("length('')", "0")]
    [InlineData("substring(name,1)", "\"lfreds\"")]
    [InlineData("substring(name,1,2)", "\"lf\"")]
    [InlineData("substring(name,7)", "\"\"")]
    [InlineData("substring(name,100)", "\"\"")]
    [InlineData("substring(name,5,100)", "\"ds\"")]
    [InlineData("substring(name,2,0)", "\"\"")]
    [InlineData("substring(name,-2)", "\"ds\"")]
    [InlineData("substring(name,-2,1)", "\"d\"")]
    [InlineData("substring(name,-100)", "\"Alfreds\"")]
    [InlineData("substring(name,-100,2)", "\"Al\"")]
    [InlineData("substring(name,whole sub 6)", "\"lfreds\"")]
    [InlineData("tolower('ÅÄÖ É')", "\"åäö é\"")]
    [InlineData("toupper('åäö é')", "\"ÅÄÖ É\"")]
    [InlineData("concat('<',concat(trim(' \t\u00A0x y\u2003'),'>'))", "\"<x y>\"")]
    [InlineData("matchesPattern(name,'^A.*s$')", "true")]
    [InlineData("matchesPattern(name,'lf')", "true")]
    [InlineData("matchesPattern(name,'^lf')", "false")]
    [InlineData("matchesPattern(name,'')", "true")]
    [InlineData("concat('''',name)", "\"'Alfreds\"")]
    // A character is a code point, also where it is a surrogate pair.
    [InlineData("length('😀x')", "2")]
    [InlineData("indexof('a😀x','x')", "2")]
    [InlineData("indexof('a😀x','😀')", "1")]
    [InlineData("substring('😀x',1)", "\"x\"")]
    [InlineData("concat(substring('a😀x',1,1),'!') eq '😀!'", "true")]
    [InlineData("substring('x😀',-1) eq '😀'", "true")]
    public void Function_Strings_ReturnsValue(string expression, string expected) => Assert.Equal(expected, ExpressionEvaluator.Evaluate(expression));

    // 5.1.1.4: if a parameter of a canonical function is null, the function returns null.
    [Theory]
    [InlineData("concat(name,'a')")]
    [InlineData("concat('a',null)")]
    [InlineData("contains(name,'a')")]
    [InlineData("startswith('a',name)")]
    [InlineData("endswith(name,name)")]
    [InlineData("indexof(name,'a')")]
    [InlineData("length(name)")]
    [InlineData("substring(name,1)")]
    [InlineData("substring('abc',whole)")]
    [InlineData("substring('abc',1,whole)")]
    [InlineData("tolower(name)")]
    [InlineData("trim(name)")]
    [InlineData("matchesPattern(name,'a')")]
    [InlineData("matchesPattern('a',null)")]
    [InlineData("not contains(name,'a')")]
    public void Function_NullArgument_ReturnsNull(string expression) => Assert.Equal("null", ExpressionEvaluator.EvaluateEmpty(expression));

    // 5.1.1.5.7: a negative length is a bad request.
    [Theory]
    [InlineData("substring(name,1,-1)")]
    [InlineData("substring(name,0,tiny)")]
    [InlineData("substring(tags,1,-1) eq []")]
    public void Substring_NegativeLength_Returns400(string expression) => Assert.Equal((400, "InvalidArgument"), ExpressionEvaluator.GetError(expression));

    [Theory]
    [InlineData("matchesPattern(name,'[')")]
    [InlineData("matchesPattern(name,'(?=a)')")]
    [InlineData("matchesPattern(name,'(a)\\1')")]
    public void MatchesPattern_UnsupportedPattern_Returns400(string expression) => Assert.Equal((400, "InvalidPattern"), ExpressionEvaluator.GetError(expression));

    // Backtracking engines need exponential time for this pattern.
    [Fact]
    public void MatchesPattern_NestedRepeats_CompletesQuickly()
    {
        var text = new string('a', 10_000);

        Assert.Equal("false", ExpressionEvaluator.Evaluate(string.Create(CultureInfo.InvariantCulture, $"matchesPattern('{text}!','^(a+)+$')")));
    }
}
