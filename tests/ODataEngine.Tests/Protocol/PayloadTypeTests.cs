using Microsoft.Extensions.Time.Testing;
using ODataEngine.Model;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz.Payloads;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Payloads;

namespace ODataEngine.Tests.Protocol;

/// <summary>Edge cases of every type, written in every format and read by Microsoft.OData.Core.</summary>
public sealed class PayloadTypeTests : ITableSource
{
    private static readonly EntityModel Model = new("Test", [new("edgecases", EdgeCases.Rows.Type, new("", ""), new("", ""), ["text"])]);

    // A lone surrogate has no UTF-8 encoding and is read as U+FFFD.
    private static readonly TableSet Tables = new TableSetBuilder(Model)
        .Add("edgecases", EdgeCases.Rows, [.. EdgeCases.All.Where(one => one.Id is not "half-emoji")])
        .Build(1, DateTimeOffset.UnixEpoch);

    private readonly PayloadClient client;

    public PayloadTypeTests() => client = new PayloadClient(new ODataService(Model, new ODataOptions(), this, new FakeTimeProvider()));

    public static TheoryData<string> Properties =>
        [.. EdgeCases.Rows.Type.Properties.Where(property => !property.IsNavigation && property.Name != "id").Select(property => property.Name)];

    [Fact]
    public async Task EntitySet_EdgeCases_ReadBack()
    {
        foreach (var format in PayloadFormat.All)
        {
            var entities = client.Reader.Entities(await client.GetAsync("edgecases", format)).Resources.ToList();

            Assert.Equal(Tables["edgecases"].Count, entities.Count);
            for (var row = 0; row < entities.Count; row++)
            {
                PayloadValues.AssertEqual(Tables["edgecases"], row, entities[row]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public async Task Property_EdgeCases_ReadBack(string property)
    {
        var table = Tables["edgecases"];
        var ids = (ValueColumn<string>)table["id"];
        for (var row = 0; row < table.Count; row++)
        {
            foreach (var format in PayloadFormat.All)
            {
                var url = $"edgecases('{ids.Values[row]}')/{property}";
                if (table[property].IsNull(row))
                {
                    Assert.Equal(204, (await client.SendAsync(url, format)).Status);
                    continue;
                }

                PayloadValues.AssertEqual(table[property], row, client.Reader.Property(await client.GetAsync(url, format), "Test.EdgeCase", property));
            }
        }
    }

    public ValueTask<TableSet?> GetCurrentAsync(CancellationToken cancellationToken) => new(Tables);

    public ValueTask<TableSet?> GetRevisionAsync(long revision, CancellationToken cancellationToken) => new(revision == 1 ? Tables : null);

    public ValueTask<TablesAsOf?> GetAsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No set of this model has a timeline.");
}
