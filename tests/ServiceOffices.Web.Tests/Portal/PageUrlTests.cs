using ODataEngine.Model;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Tests.Portal;

public sealed class PageUrlTests
{
    [Theory]
    [InlineData("/", PageKind.Start, "sv")]
    [InlineData("/en", PageKind.Start, "en")]
    [InlineData("/en/", PageKind.Start, "en")]
    [InlineData("/kontor", PageKind.Offices, "sv")]
    [InlineData("/Kontor/", PageKind.Offices, "sv")]
    [InlineData("/en/offices", PageKind.Offices, "en")]
    [InlineData("/en/about/privacy", PageKind.Privacy, "en")]
    [InlineData("/om/integritet", PageKind.Privacy, "sv")]
    public void Find_PagePath_ReturnsPage(string path, PageKind page, string language) =>
        Assert.Equal(new PageUrl(page, Language.Find(language)!), PageUrl.FindByPath(path));

    [Theory]
    [InlineData("/kontor/storuman", "sv")]
    [InlineData("/en/offices/storuman", "en")]
    public void Find_OfficePath_ReturnsOfficeId(string path, string language) =>
        Assert.Equal(new PageUrl(PageKind.Office, Language.Find(language)!, "storuman"), PageUrl.FindByPath(path));

    [Theory]
    [InlineData("/offices")]
    [InlineData("/en/kontor")]
    [InlineData("/kontor/a/b")]
    [InlineData("/english")]
    [InlineData("/om/allt")]
    public void Find_UnknownPath_ReturnsNull(string path) => Assert.Null(PageUrl.FindByPath(path));

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void ToString_EveryPage_RoundTrips(string language)
    {
        Assert.All(PageUrl.GetAll(Language.Find(language)!), address =>
        {
            Assert.Equal(address, PageUrl.FindByPath(address.ToString()));
            Assert.Equal(address, address.InOtherLanguage.InOtherLanguage);
        });
    }
}
