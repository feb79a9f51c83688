using System.Globalization;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>$orderby, $skip, $top and $count (OData 4.01 Part 1, 11.2.6).</summary>
public sealed class OrderByTests
{
    private static readonly SampleEngine Engine = new(
    [
        new Sample { Id = 1, Text = "b", Whole = 2, Size = double.NaN, GroupCode = "x", Details = Details(1) },
        new Sample { Id = 2, Text = "a", Whole = null, Size = 1, Tags = ["q"] },
        new Sample { Id = 3, Text = "B", Whole = 1, Size = double.NegativeInfinity, GroupCode = "y", Details = Details(null) },
        new Sample { Id = 4, Text = "a", Whole = null, Size = null, GroupCode = "y", Tags = ["q", "r"] },
        new Sample { Id = 5, Text = "ä", Whole = 2, Size = double.PositiveInfinity, GroupCode = "none", Details = Details(0) },
        new Sample { Id = 6, Text = "", Whole = 1, Size = 1, GroupCode = "x" },
    ],
    [new SampleGroup { Code = "x", Name = "second", Active = true }, new SampleGroup { Code = "y", Name = "first", Active = false }]);

    // Null sorts before every value, and after it in descending order; equal rows keep the order of the set.
    [Theory]
    [InlineData("whole", "2,4,3,6,1,5")]
    [InlineData("whole desc", "1,5,3,6,2,4")]
    [InlineData("whole asc,id desc", "4,2,6,3,5,1")]
    [InlineData("text", "6,3,2,4,1,5")]
    [InlineData("text,id desc", "6,3,4,2,1,5")]
    [InlineData("size", "4,1,3,2,6,5")]
    [InlineData("group/name,id", "2,5,3,4,1,6")]
    [InlineData("group/name desc", "1,6,3,4,2,5")]
    [InlineData("details/origin/rank", "2,3,4,6,5,1")]
    [InlineData("tags/$count desc", "4,2,1,3,5,6")]
    [InlineData("group/active", "2,5,3,4,1,6")]
    [InlineData("whole mod 2 eq 1 desc,id desc", "6,3,5,4,2,1")]
    [InlineData("length(text),text desc", "6,5,1,2,4,3")]
    [InlineData("", "1,2,3,4,5,6")]
    public void OrderBy_Keys_SortsRowsStably(string orderBy, string expected) => Assert.Equal(expected, Ids(orderBy.Length == 0 ? "" : "$orderby=" + Uri.EscapeDataString(orderBy)));

    [Theory]
    [InlineData("$top=2", "1,2")]
    [InlineData("$top=0", "")]
    [InlineData("$skip=4", "5,6")]
    [InlineData("$skip=6", "")]
    [InlineData("$skip=99999999999", "")]
    [InlineData("$skip=1&$top=2&$orderby=id desc", "5,4")]
    [InlineData("$top=99999999999", "1,2,3,4,5,6")]
    [InlineData("$filter=whole eq 2&$skip=1", "5")]
    public void SkipAndTop_OrderedRows_ReturnSlice(string query, string expected) => Assert.Equal(expected, Ids(query));

    [Fact]
    public void Count_WithTop_CountsAllMatches()
    {
        var response = Engine.GetJson("samples?$count=true&$top=1&$filter=whole ne null");

        Assert.Equal((4, 1), (response.GetProperty("@odata.count").GetInt32(), response.GetProperty("value").GetArrayLength()));
    }

    private static Details Details(int? rank) =>
        new(null, false, 0, 0, 0, 0, default, default, new Origin(null, rank), []);

    private static string Ids(string query) => string.Join(',', Engine.GetJson("samples?" + query).GetProperty("value").EnumerateArray()
        .Select(row => row.GetProperty("id").GetInt32().ToString(CultureInfo.InvariantCulture)));
}
