using ServiceOffices.Storage;
using ServiceOffices.Testing;
using static ServiceOffices.Tests.Storage.RegisterSamples;

namespace ServiceOffices.Tests.Storage;

public abstract partial class RegisterStoreContract
{
    [Fact]
    public async Task ReadAll_InvalidOfficeRow_IsRejectedWithEveryProblem()
    {
        await Open().WriteAsync(CreateOffice("good"), null, Now);
        await PutRawAsync("bad", null, new()
        {
            ["latitude"] = "north",
            ["videoMeetings"] = "maybe",
            ["videoMeetingsSince"] = "2020-13-01",
            ["services"] = """[{"agency":"skatteverket","levels":["general"]},{"agency":null,"levels":[]},{"levels":"x"}]""",
            ["sources"] = "https://example.se",
            ["openingHours"] = "[]",
        });

        var content = await Open().ReadAllAsync(Now);

        Assert.Equal("good", Assert.Single(content.Entries).Entry.Office.Id);
        var row = Assert.Single(content.Rejected);
        Assert.Equal(("bad", null), (row.OfficeId, row.EventNumber));
        Assert.Equal(
            [
                "latitude", "locationPrecision", "name", "services[1].agency", "services[2].levels", "sources", "videoMeetings",
                "videoMeetingsSince",
            ],
            row.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.Equal(
            "videoMeetingsSince must be a date string, such as 2020-07-01; got '2020-13-01'.",
            row.Problems.Single(problem => problem.Field == "videoMeetingsSince").ToString());
        Assert.Equal("name must be a string; name is missing.", row.Problems.Single(problem => problem.Field == "name").ToString());
    }

    [Fact]
    public async Task ReadAll_InvalidEventRow_IsRejectedAndRestIsRead()
    {
        await Open().WriteAsync(CreateOffice("o", events: CreateOpenedEvent("o", 1)), null, Now);
        await PutRawAsync("o", 2, new() { ["kind"] = "opened", ["on"] = "soon" });

        var content = await Open().ReadAllAsync(Now);

        Assert.Equal([1], Assert.Single(content.Entries).Entry.Events.Select(lifecycleEvent => lifecycleEvent.Number));
        var row = Assert.Single(content.Rejected);
        Assert.Equal(("o", 2), (row.OfficeId, row.EventNumber));
        Assert.Equal(["on", "precision"], row.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public async Task ReadAll_EventWithoutOffice_IsRejected()
    {
        await PutRawAsync("ghost", 3, new() { ["kind"] = "opened", ["on"] = "2020-07-01", ["precision"] = "day" });

        var content = await Open().ReadAllAsync(Now);

        Assert.Empty(content.Entries);
        var row = Assert.Single(content.Rejected);
        Assert.Equal(("ghost", 3), (row.OfficeId, row.EventNumber));
        Assert.Equal("officeId must be the id of an office in the register; got 'ghost'.", Assert.Single(row.Problems).ToString());
        Assert.Null(await Open().ReadAsync("ghost", Now));
    }

    [Fact]
    public async Task Read_OfficeWithInvalidEvent_Throws()
    {
        await Open().WriteAsync(CreateOffice("o", events: CreateOpenedEvent("o", 1)), null, Now);
        await PutRawAsync("o", 2, new() { ["kind"] = "opened", ["on"] = "soon", ["precision"] = "day" });

        var exception = await Assert.ThrowsAsync<UnreadableEntryException>(() => Open().ReadAsync("o", Now));

        Assert.Equal(2, Assert.Single(exception.Rejected).EventNumber);
        Assert.Equal(
            "Office 'o' cannot be read: Event 2: on must be a date string, such as 2020-07-01; got 'soon'.",
            exception.Message);
    }

    [Fact]
    public async Task Write_IfMatchAnyOverInvalidEntry_RepairsIt()
    {
        await PutRawAsync("o", null, new() { ["latitude"] = "north" });
        await PutRawAsync("o", 2, new() { ["on"] = "soon" });

        await Open().WriteAsync(CreateOffice("o", events: CreateOpenedEvent("o", 2)), IRegisterStore.AnyVersion, Now);

        Assert.Equivalent(CreateOffice("o", events: CreateOpenedEvent("o", 2)), (await Open().ReadAsync("o", Now))!.Entry, strict: true);
    }

    [Fact]
    public async Task Write_NewOfficeOverOrphanedEvents_KeepsOnlyOwnEvents()
    {
        await PutRawAsync("o", 1, new() { ["kind"] = "opened", ["on"] = "2020-07-01", ["precision"] = "day" });
        await PutRawAsync("o", 7, new() { ["kind"] = "closed", ["on"] = "2021-07-01", ["precision"] = "day" });

        await Open().WriteAsync(CreateOffice("o", events: CreateOpenedEvent("o", 1, "mine")), null, Now);

        Assert.Equal([(1, "mine")], (await Open().ReadAsync("o", Now))!.Entry.Events.Select(lifecycleEvent => (lifecycleEvent.Number, lifecycleEvent.Note)));
    }
}
