using ServiceOffices.Testing.OData;
using static ServiceOffices.Testing.OData.ShopModel;

namespace ODataEngine.Tests.Parsing;

/// <summary>Literals of OData 4.01 Part 2, 5.1.1.14, many from its example 103.</summary>
public sealed class LiteralTests
{
    [Theory]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("-128", "-128")]
    [InlineData("2147483647", "2147483647")]
    [InlineData("2147483648", "2147483648L")]
    [InlineData("9223372036854775808", "9223372036854775808m")]
    [InlineData("34.95", "34.95m")]
    [InlineData("79228162514264337593543950335.0", "79228162514264337593543950335m")]
    [InlineData("0.00000000000000000000000001", "0.00000000000000000000000001m")]
    [InlineData("0.1234567890123456789012345678901", "0.12345678901234568d")]
    [InlineData("0.31415926535897931e1", "3.141592653589793d")]
    [InlineData("1E-3", "0.001d")]
    [InlineData("INF", "Infinityd")]
    [InlineData("-INF", "-Infinityd")]
    [InlineData("NaN", "NaNd")]
    [InlineData("'Say Hello,then go'", "'Say Hello,then go'")]
    [InlineData("'O''Neil'", "'O'Neil'")]
    [InlineData("''", "''")]
    [InlineData("\"red \\u00e5\\n\"", "'red å\n'")]
    [InlineData("2012-12-03", "2012-12-03")]
    [InlineData("2012-12-03T07:16:23Z", "2012-12-03T07:16:23+00:00")]
    [InlineData("2012-12-03T07:16:23.5+01:00", "2012-12-03T07:16:23.5+01:00")]
    [InlineData("2012-12-03T07:16-05:30", "2012-12-03T07:16:00-05:30")]
    [InlineData("07:59:59.999", "07:59:59.999")]
    [InlineData("07:59", "07:59:00")]
    [InlineData("duration'P12DT23H59M59.999999999999S'", "P12DT23H59M59.9999999S")]
    [InlineData("Duration'-PT0.5S'", "-PT0.5S")]
    [InlineData("01234567-89ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("abcdef01-89ab-cdef-0123-456789abcdef", "abcdef01-89ab-cdef-0123-456789abcdef")]
    [InlineData("binary'T0RhdGE'", "0x4F44617461")]
    [InlineData("binary'T0RhdGE='", "0x4F44617461")]
    [InlineData("Shop.Color'Yellow'", "Shop.Color(2)")]
    [InlineData("Color'Red,Blue'", "Shop.Color(5)")]
    [InlineData("Shop.Color'4'", "Shop.Color(4)")]
    [InlineData("geography'SRID=4326;POINT(18.07 59.33)'", "point(18.07 59.33)")]
    [InlineData("geography'SRID=4326;LineString(1 2,3 4.5)'", "GeographyLineString(1 2,3 4.5)")]
    [InlineData("geography'SRID=4326;POLYGON((17 59,19 59,19 60,17 59),(18 59.1,18.1 59.1,18 59.2,18 59.1))'", "GeographyPolygon(17 59,19 59,19 60,17 59;18 59.1,18.1 59.1,18 59.2,18 59.1)")]
    public void Literal_FromSpecification_HasTypeAndValue(string text, string expected)
    {
        var computed = Parse("Products", $"$compute={Uri.EscapeDataString(text)} as X").Query.Compute[0];

        Assert.Equal(expected, SyntaxTreeFormatter.Format(computed.Expression));
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("2012-13-03")]
    [InlineData("2012-12-03T07:16:23")]
    [InlineData("2012-12-03T25:16:23Z")]
    [InlineData("24:00:00")]
    [InlineData("duration'P1M'")]
    [InlineData("duration'PT'")]
    [InlineData("duration'1D'")]
    [InlineData("duration'P99999999999D'")]
    [InlineData("binary'*'")]
    [InlineData("Shop.Color'Green'")]
    [InlineData("Shop.Shape'Round'")]
    [InlineData("'open")]
    [InlineData("\"open")]
    [InlineData("\"\\x\"")]
    [InlineData("5x")]
    [InlineData("geography'SRID=3006;POINT(1 2)'")]
    [InlineData("geography'POINT(181 0)'")]
    [InlineData("geography'POINT(0 91)'")]
    [InlineData("geography'POINT(1,2)'")]
    [InlineData("geography'LINESTRING(1 2)'")]
    [InlineData("geography'POLYGON((17 59,19 59,19 60,17 60))'")]
    [InlineData("geography'MULTIPOINT((1 2))'")]
    [InlineData("geometry'SRID=0;POINT(1 2)'")]
    [InlineData("é")]
    [InlineData("")]
    public void Literal_Malformed_Returns400(string text)
    {
        var error = GetError("Products", $"$compute={Uri.EscapeDataString(text)} as X");

        Assert.Equal(400, error.Status);
        Assert.Equal("$compute", error.Target);
    }

    [Fact]
    public void DateTimeOffset_UnencodedPlus_Parses()
    {
        // A raw + is a space in a query; here it can only be the sign of an offset.
        var query = Parse("Products", "$filter=Changed gt 2012-12-03T07:16:23+01:00").Query;

        Assert.Equal("($it/Changed Gt 2012-12-03T07:16:23+01:00)", SyntaxTreeFormatter.Format(query.Filter!));
    }
}
