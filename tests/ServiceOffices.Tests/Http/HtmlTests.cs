using ServiceOffices.Http;

namespace ServiceOffices.Tests.Http;

public sealed class HtmlTests
{
    [Fact]
    public void Add_ValueWithMarkup_IsEncoded()
    {
        var html = new Html();
        var name = "<script>alert(\"åäö & 'x'\")</script>";

        html.Add($"<p title=\"{name}\">{name}</p>");

        const string Encoded = "&lt;script&gt;alert(&quot;åäö &amp; &#x27;x&#x27;&quot;)&lt;/script&gt;";
        Assert.Equal($"<p title=\"{Encoded}\">{Encoded}</p>\n", html.ToString());
    }
}
