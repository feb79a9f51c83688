using ServiceOffices.Portal;
using ServiceOffices.Tables;

namespace ServiceOffices.Tests.Portal;

public sealed class PageAddressTests
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
    public void Find_PathOfAPage_IsThatPage(string path, PageKind page, string language) =>
        Assert.Equal(new PageAddress(page, Language.Find(language)!), PageAddress.Find(path));

    [Theory]
    [InlineData("/kontor/storuman", "sv")]
    [InlineData("/en/offices/storuman", "en")]
    public void Find_PathOfAnOffice_NamesIt(string path, string language) =>
        Assert.Equal(new PageAddress(PageKind.Office, Language.Find(language)!, "storuman"), PageAddress.Find(path));

    [Theory]
    [InlineData("/offices")]
    [InlineData("/en/kontor")]
    [InlineData("/kontor/a/b")]
    [InlineData("/english")]
    [InlineData("/om/allt")]
    public void Find_OtherPath_IsNone(string path) => Assert.Null(PageAddress.Find(path));

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void ToString_EveryPage_IsFoundAgain(string language)
    {
        Assert.All(PageAddress.All(Language.Find(language)!), address =>
        {
            Assert.Equal(address, PageAddress.Find(address.ToString()));
            Assert.Equal(address, address.Other.Other);
        });
    }
}
