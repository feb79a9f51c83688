using ODataEngine.Model;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>The text matching of $search, by Swedish conventions.</summary>
public sealed class SearchTextTests
{
    private static readonly SampleEngine Engine = new(
        [
            new Sample { Id = 1, Text = "Älmhult", Tags = ["Linné"] },
            new Sample { Id = 2, Text = "Almhult", GroupCode = "g" },
            new Sample { Id = 3, Text = "a", Name = "Malmö kommun" },
            new Sample { Id = 4, Text = "Malmo\u0308", Tags = ["kommun", "1984"] },
        ],
        [new SampleGroup { Code = "g", Name = "Gruppen", Active = true }]);

    [Theory]
    [InlineData("ÅÄÖ", "åäö")]
    [InlineData("Linné", "linne")]
    [InlineData("LINNÉ", "linne")]
    [InlineData("Müller", "muller")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Æsop Ørsted", "äsop örsted")]
    [InlineData("A\u030Are", "åre")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("日本", "日本")]
    [InlineData("\uD800x", "\uD800x")]
    public void Fold_Diacritics_KeepsSwedishLetters(string text, string expected) => Assert.Equal(expected, SearchFolding.Fold(text));

    [Theory]
    [InlineData("älmhult", "1")]
    [InlineData("ÄLMHULT", "1")]
    [InlineData("almhult", "2")]
    [InlineData("linne", "1")]
    [InlineData("malmö", "3,4")]
    [InlineData("malmö kommun", "3,4")]
    [InlineData("\"malmö kommun\"", "3")]
    [InlineData("malmö AND NOT 1984", "3")]
    [InlineData("linne OR gruppen", "1,2")]
    [InlineData("NOT malmö", "1,2")]
    [InlineData("(linne OR almhult) mhul", "1,2")]
    [InlineData("gruppen", "2")]
    [InlineData("malmökommun", "")]
    [InlineData("'älmhult'", "1")]
    public void Search_Terms_ReturnsMatchingRows(string search, string ids)
    {
        var found = Engine.GetJson($"samples?$select=id&$search={Uri.EscapeDataString(search)}").GetProperty("value");

        Assert.Equal(ids, string.Join(',', found.EnumerateArray().Select(row => row.GetProperty("id").GetInt32())));
    }
}
