using System.Globalization;
using System.Text.Json;
using ODataEngine.Model;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.Publishing.Manifests;

namespace ServiceOffices.ODataHost;

/// <summary>The model of the benchmark register: one set, <c>Offices</c>, independent of the model of the register.</summary>
public sealed class BenchmarkModel : ITableSource
{
    private const string Namespace = "Benchmark";

    private static readonly JsonSerializerOptions Reading = new() { Converters = { new StringPoolConverter() } };

    private static readonly LocalizedString None = new("", "");

    private static readonly TypeMapping<BenchmarkAddress> Address = new TypeMapping<BenchmarkAddress>(Namespace, "Address")
        .HasProperty("Street", a => a.Street, None, None)
        .HasProperty("PostalCode", a => a.PostalCode, None, None)
        .HasProperty("City", a => a.City, None, None);

    private static readonly TypeMapping<BenchmarkHours> Hours = new TypeMapping<BenchmarkHours>(Namespace, "OpeningHours")
        .HasProperty("Day", h => h.Day, None, None)
        .HasProperty("Opens", h => h.Opens, None, None)
        .HasProperty("Closes", h => h.Closes, None, None);

    private static readonly TypeMapping<BenchmarkOffice> Rows = new TypeMapping<BenchmarkOffice>(Namespace, "Office")
        .HasKey("Id")
        .HasProperty("Id", o => o.Id, None, None)
        .HasProperty("Name", o => o.Name, None, None)
        .HasProperty("MunicipalityCode", o => o.MunicipalityCode, None, None)
        .HasProperty("MunicipalityName", o => o.MunicipalityName, None, None)
        .HasProperty("CountyCode", o => o.CountyCode, None, None)
        .HasProperty("Status", o => o.Status, None, None)
        .HasProperty("OpenedOn", o => o.OpenedOn, None, None)
        .HasProperty("Latitude", o => o.Latitude, None, None)
        .HasProperty("Longitude", o => o.Longitude, None, None)
        .HasProperty("VideoMeeting", o => o.VideoMeeting, None, None)
        .HasStringCollection("Services", o => o.Services, None, None)
        .HasComplexProperty("Address", o => o.Address, Address, None, None)
        .HasComplexCollection("OpeningHours", o => o.OpeningHours, Hours, None, None);

    private readonly TableSet tables;

    private BenchmarkModel(IReadOnlyList<BenchmarkOffice> offices) =>
        tables = new TableSetBuilder(Model).Add("Offices", Rows, offices).Build(1, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static EntityModel Model { get; } = new(Namespace, [new EntitySet("Offices", Rows.Type, new("Offices", "Kontor"), None, ["Name", "MunicipalityName"])]);

    /// <summary>Reads a JSON array of offices, or generates as many as a number in place of the path says.</summary>
    public static BenchmarkModel Load(string path)
    {
        if (int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return new BenchmarkModel([.. BenchmarkRegister.Offices(count)]);
        }

        using var file = File.OpenRead(path);
        return new BenchmarkModel(JsonSerializer.Deserialize<List<BenchmarkOffice>>(file, Reading)!);
    }

    public ValueTask<TableSet?> GetCurrentAsync(CancellationToken cancellationToken) => new(tables);

    public ValueTask<TableSet?> GetRevisionAsync(long revision, CancellationToken cancellationToken) => new(revision == tables.Revision ? tables : null);

    public ValueTask<TablesAsOf?> GetAsOfAsync(long revision, DateOnly date, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No set of this model has a timeline.");
}
