using ServiceOffices.Publishing;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Feeds;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Feeds;

public sealed class ChangeHistoryTests(TwoRevisionsFixture published)
{
    private const string Tax = """[{"agency":"skatteverket","levels":["general"]}]""";
    private const string Pensions = """[{"agency":"pensionsmyndigheten","levels":[]},{"agency":"skatteverket","levels":[]}]""";

    // One office: added in 14, renamed, moved to 08, pensions added, removed, added again in 14.
    private static readonly Publication Life = SamplePublications.Publication(
        Of(1, "added", new PropertyChange("countyCode", null, "14"), new PropertyChange("services", null, Tax)),
        Of(2, "changed", new PropertyChange("name", "a", "b")),
        Of(3, "changed", new PropertyChange("countyCode", "14", "08")),
        Of(4, "changed", new PropertyChange("services", Tax, Pensions)),
        Of(5, "removed"),
        Of(6, "added", new PropertyChange("countyCode", null, "14")),
        Of(7, "changed", new PropertyChange("countyCode", "14", null)));

    [Theory]
    [InlineData(null, null, new long[] { 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("14", null, new long[] { 1, 2, 3, 6, 7 })]
    [InlineData("08", null, new long[] { 3, 4, 5 })]
    [InlineData("01", null, new long[] { })]
    [InlineData(null, "skatteverket", new long[] { 1, 2, 3, 4, 5 })]
    [InlineData(null, "pensionsmyndigheten", new long[] { 4, 5 })]
    [InlineData("14", "skatteverket", new long[] { 1, 2, 3 })]
    [InlineData("14", "pensionsmyndigheten", new long[] { })]
    public void Get_Filter_IncludesOfficesThatMatchBeforeOrAfter(string? county, string? agency, long[] expected)
    {
        var history = new ChangeHistory().GetChanges(Life, new FeedFilter(county, agency));

        Assert.Equal(expected, history.Select(change => change.Sequence));
    }

    [Fact]
    public void Get_Filter_PastDoesNotDependOnLaterChanges()
    {
        var filter = new FeedFilter("08", "skatteverket");
        var complete = new ChangeHistory().GetChanges(Life, filter);

        Assert.All(Enumerable.Range(0, Life.Register.Changes.Count), length =>
        {
            var before = SamplePublications.Publication([.. Life.Register.Changes.Take(length)]);
            var then = new ChangeHistory().GetChanges(before, filter);
            Assert.Equal(complete.Take(then.Count), then);
            Assert.All(complete.Skip(then.Count), change => Assert.True(change.Sequence > length));
        });
    }

    [Fact]
    public void Get_IncrementalUpdates_EqualsFreshHistory()
    {
        var filter = new FeedFilter("08", "skatteverket");
        var kept = new ChangeHistory();

        // A request that started before the latest publication uses the previous one.
        Assert.All([3, 4, 3, 7, 5, 7], length =>
        {
            var publication = SamplePublications.Publication([.. Life.Register.Changes.Take(length)]);
            Assert.Equal(new ChangeHistory().GetChanges(publication, filter), kept.GetChanges(publication, filter));
        });
    }

    [Fact]
    public void Get_StoreRestored_DropsLaterChanges()
    {
        var history = new ChangeHistory();
        history.GetChanges(Life, new FeedFilter("14"));

        var other = SamplePublications.Publication(
            Of(1, "added", new PropertyChange("countyCode", null, "14")) with { OfficeId = "another" },
            Of(2, "changed", new PropertyChange("countyCode", "14", "01")) with { OfficeId = "another" });

        Assert.Equal([1L, 2L], history.GetChanges(other, new FeedFilter("14")).Select(change => change.Sequence));
        Assert.Equal([2L], history.GetChanges(other, new FeedFilter("01")).Select(change => change.Sequence));
    }

    [Fact]
    public async Task Get_EachCounty_HasSeedChanges()
    {
        var publication = await published.PublicationAsync();
        var history = new ChangeHistory();

        Assert.All(publication.Register.Reference.Counties, county => Assert.Equal(
            publication.Register.Offices.Where(office => office.CountyCode == county.Code).Select(office => office.Office.Id),
            history.GetChanges(publication, new FeedFilter(county.Code)).Select(change => change.OfficeId).Distinct()));
        Assert.All(publication.Register.Reference.Agencies, agency => Assert.Equal(
            publication.Register.Offices.Where(office => office.Agencies.Contains(agency.Id)).Select(office => office.Office.Id),
            history.GetChanges(publication, new FeedFilter(Agency: agency.Id)).Select(change => change.OfficeId).Distinct()));
        Assert.Equal(2, history.GetChanges(publication, new FeedFilter("24")).Count(change => change.OfficeId == "storuman")); // added, then renamed
    }

    private static Change Of(long sequence, string kind, params IReadOnlyList<PropertyChange> properties) =>
        SamplePublications.Change(sequence, "Kontoret", kind, properties) with { OfficeId = "kontoret" };
}
