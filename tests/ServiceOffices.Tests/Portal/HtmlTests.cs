using ServiceOffices.Portal;
using ServiceOffices.Tables;

namespace ServiceOffices.Tests.Portal;

public sealed class HtmlTests
{
    [Fact]
    public void Add_ValueWithMarkup_IsEncoded()
    {
        var html = new Html(Language.Swedish);
        var name = "<script>alert(\"åäö & 'x'\")</script>";

        html.Add($"<p title=\"{name}\">{name}</p>");

        const string Encoded = "&lt;script&gt;alert(&quot;åäö &amp; &#x27;x&#x27;&quot;)&lt;/script&gt;";
        Assert.Equal($"<p title=\"{Encoded}\">{Encoded}</p>\n", html.ToString());
    }

    [Theory]
    [InlineData("sv", "<p>å &amp; ö</p>\n")]
    [InlineData("en", "<p>a &amp; o</p>\n")]
    public void Add_Text_IsInThePagesLanguageAndEncoded(string language, string expected)
    {
        var html = new Html(Language.Find(language)!);

        html.Add($"<p>{new Text("a & o", "å & ö")}</p>");

        Assert.Equal(expected, html.ToString());
    }

    [Fact]
    public void Add_Flag_IsThereOnlyWhereItHolds()
    {
        var html = new Html(Language.Swedish);

        html.Add($"<p{true:hidden}></p><p{false:hidden}></p>");

        Assert.Equal("<p hidden=\"\"></p><p></p>\n", html.ToString());
    }
}
