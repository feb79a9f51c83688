using ODataEngine.Model;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Tests.Portal;

public sealed class HtmlTests
{
    [Fact]
    public void Add_ValueWithMarkup_IsEncoded()
    {
        var html = new HtmlBuilder(Language.Swedish);
        var name = "<script>alert(\"åäö & 'x'\")</script>";

        html.AppendLine($"<p title=\"{name}\">{name}</p>");

        const string Encoded = "&lt;script&gt;alert(&quot;åäö &amp; &#x27;x&#x27;&quot;)&lt;/script&gt;";
        Assert.Equal($"<p title=\"{Encoded}\">{Encoded}</p>\n", html.ToString());
    }

    [Theory]
    [InlineData("sv", "<p>å &amp; ö</p>\n")]
    [InlineData("en", "<p>a &amp; o</p>\n")]
    public void Add_LocalizedString_IsInPageLanguageAndEncoded(string language, string expected)
    {
        var html = new HtmlBuilder(Language.Find(language)!);

        html.AppendLine($"<p>{new LocalizedString("a & o", "å & ö")}</p>");

        Assert.Equal(expected, html.ToString());
    }

    [Fact]
    public void Add_BooleanAttribute_IsPresentOnlyIfTrue()
    {
        var html = new HtmlBuilder(Language.Swedish);

        html.AppendLine($"<p{true:hidden}></p><p{false:hidden}></p>");

        Assert.Equal("<p hidden=\"\"></p><p></p>\n", html.ToString());
    }
}
