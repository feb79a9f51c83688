using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.Data.Sqlite;
using Parquet.Serialization;
using ServiceOffices.ODataHost;

namespace ServiceOffices.Benchmarks.Micro;

/// <summary>The baselines of <see cref="ExportBenchmarks"/>: a short implementation of each with a common library.</summary>
internal static class NaiveExports
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Func<IReadOnlyList<BenchmarkOffice>, Stream, Task>> Writers = new()
    {
        ["csv"] = (offices, output) => CsvAsync(offices, output, ','),
        ["excel.csv"] = (offices, output) => CsvAsync(offices, output, ';'),
        ["json"] = (offices, output) => JsonSerializer.SerializeAsync(output, offices.Select(ToCells), Json),
        ["ndjson"] = NdjsonAsync,
        ["geojson"] = (offices, output) => JsonSerializer.SerializeAsync(
            output,
            new
            {
                type = "FeatureCollection",
                features = offices.Select(o => new { type = "Feature", id = o.Id, geometry = new { type = "Point", coordinates = new[] { o.Longitude, o.Latitude } }, properties = ToCells(o) }),
            },
            Json),
        ["xlsx"] = XlsxAsync,
        ["parquet"] = ParquetAsync,
        ["gpkg"] = GeoPackageAsync,
        ["kml"] = KmlAsync,
        ["ics"] = CalendarAsync,
        ["ttl"] = TurtleAsync,
        ["jsonld"] = (offices, output) => JsonSerializer.SerializeAsync(
            output,
            new Dictionary<string, object>
            {
                ["@context"] = new Dictionary<string, string> { ["@vocab"] = "https://example.se/terms#" },
                ["@graph"] = offices.Select(o => new Dictionary<string, object>(ToCells(o)) { ["@id"] = $"https://example.se/offices({o.Id})" }),
            },
            Json),
    };

    public static IEnumerable<string> Names => Writers.Keys;

    public static Task WriteAsync(string format, IReadOnlyList<BenchmarkOffice> offices, Stream output) => Writers[format](offices, output);

    private static Dictionary<string, object> ToCells(BenchmarkOffice o) => new()
    {
        ["id"] = o.Id, ["name"] = o.Name, ["municipalityCode"] = o.MunicipalityCode, ["municipalityName"] = o.MunicipalityName, ["countyCode"] = o.CountyCode,
        ["status"] = o.Status, ["openedOn"] = o.OpenedOn, ["location"] = $"POINT ({Text(o.Longitude)} {Text(o.Latitude)})", ["latitude"] = o.Latitude,
        ["longitude"] = o.Longitude, ["videoMeeting"] = o.VideoMeeting, ["services"] = o.Services, ["address"] = o.Address,
    };

    private static async Task CsvAsync(IReadOnlyList<BenchmarkOffice> offices, Stream output, char delimiter)
    {
        await using var writer = new StreamWriter(output);
        foreach (var o in offices)
        {
            object[] cells =
            [
                o.Id, o.Name, o.MunicipalityCode, o.MunicipalityName, o.CountyCode, o.Status, o.OpenedOn.ToString("O", CultureInfo.InvariantCulture),
                $"POINT ({Text(o.Longitude)} {Text(o.Latitude)})", o.Latitude, o.Longitude, o.VideoMeeting, JsonSerializer.Serialize(o.Services, Json), o.Address.Street, o.Address.PostalCode, o.Address.City,
            ];
            await writer.WriteLineAsync(string.Join(delimiter, cells.Select(cell => Quoted(Convert.ToString(cell, CultureInfo.InvariantCulture)!, delimiter))));
        }
    }

    private static string Quoted(string cell, char delimiter) =>
        cell.IndexOfAny(['"', delimiter, '\r', '\n']) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task XlsxAsync(IReadOnlyList<BenchmarkOffice> offices, Stream output)
    {
        using var memory = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(memory, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            var data = new SheetData();
            foreach (var o in offices)
            {
                data.Append(new Row(ToCells(o).Values.Select(value => new Cell
                {
                    DataType = CellValues.InlineString,
                    InlineString = new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")),
                })));
            }

            sheet.Worksheet = new Worksheet(data);
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "offices" }));
        }

        memory.Position = 0;
        await memory.CopyToAsync(output);
    }

    private static async Task ParquetAsync(IReadOnlyList<BenchmarkOffice> offices, Stream output)
    {
        using var memory = new MemoryStream();
        await ParquetSerializer.SerializeAsync(
            offices.Select(o => new NaiveOffice(
                o.Id, o.Name, o.MunicipalityCode, o.MunicipalityName, o.CountyCode, o.Status, o.OpenedOn.ToDateTime(default), o.Latitude, o.Longitude, o.VideoMeeting, [.. o.Services], o.Address.Street, o.Address.PostalCode, o.Address.City)),
            memory);
        memory.Position = 0;
        await memory.CopyToAsync(output);
    }

    private static Task KmlAsync(IReadOnlyList<BenchmarkOffice> offices, Stream output)
    {
        XNamespace kml = "http://www.opengis.net/kml/2.2";
        var document = new XDocument(new XElement(kml + "kml", new XElement(kml + "Document", offices.Select(o => new XElement(
            kml + "Placemark",
            new XElement(kml + "name", o.Name),
            new XElement(kml + "ExtendedData", ToCells(o).Select(cell => new XElement(kml + "Data", new XAttribute("name", cell.Key), new XElement(kml + "value", cell.Value)))),
            new XElement(kml + "Point", new XElement(kml + "coordinates", $"{Text(o.Longitude)},{Text(o.Latitude)}")))))));
        return document.SaveAsync(output, SaveOptions.DisableFormatting, CancellationToken.None);
    }

    private static async Task NdjsonAsync(IReadOnlyList<BenchmarkOffice> offices, Stream output)
    {
        await using var writer = new StreamWriter(output);
        foreach (var o in offices)
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(ToCells(o), Json));
        }
    }

    // Only the rows and points of a GeoPackage, which take most of the time, without its metadata tables.
    private static async Task GeoPackageAsync(IReadOnlyList<BenchmarkOffice> offices, Stream output)
    {
        var path = Path.GetTempFileName();
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            var names = ToCells(offices[0]).Keys.ToList();
            await using var create = connection.CreateCommand();
            create.CommandText = $"CREATE TABLE offices ({string.Join(", ", names)}, geom BLOB)";
            await create.ExecuteNonQueryAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var o in offices)
            {
                await using var insert = connection.CreateCommand();
                insert.CommandText = $"INSERT INTO offices VALUES ({string.Join(", ", names.Select(name => "$" + name))}, $geom)";
                foreach (var (name, value) in ToCells(o))
                {
                    insert.Parameters.AddWithValue("$" + name, value is string or int or double or bool or DateOnly ? value : JsonSerializer.Serialize(value, Json));
                }

                insert.Parameters.AddWithValue("$geom", (byte[])[0x47, 0x50, 0, 1, .. BitConverter.GetBytes(4326), 1, .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(o.Longitude), .. BitConverter.GetBytes(o.Latitude)]);
                await insert.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }

        await using (var file = File.OpenRead(path))
        {
            await file.CopyToAsync(output);
        }

        File.Delete(path);
    }

    private static async Task CalendarAsync(IReadOnlyList<BenchmarkOffice> offices, Stream output)
    {
        var calendar = new Ical.Net.Calendar();
        calendar.Events.AddRange(offices.Select(o => new CalendarEvent
        {
            Uid = string.Create(CultureInfo.InvariantCulture, $"{o.Id}@example.se"),
            Start = new CalDateTime(o.OpenedOn),
            Summary = $"{o.Status}: {o.Name}",
            Description = string.Join('\n', ToCells(o).Select(cell => $"{cell.Key}: {cell.Value}")),
        }));
        await using var writer = new StreamWriter(output);
        await writer.WriteAsync(new CalendarSerializer().SerializeToString(calendar));
    }

    private static async Task TurtleAsync(IReadOnlyList<BenchmarkOffice> offices, Stream output)
    {
        await using var writer = new StreamWriter(output);
        await writer.WriteLineAsync("@prefix : <https://example.se/terms#> .");
        foreach (var o in offices)
        {
            var terms = ToCells(o).Select(cell => $":{cell.Key} {JsonSerializer.Serialize(Convert.ToString(cell.Value, CultureInfo.InvariantCulture), Json)}");
            await writer.WriteLineAsync($"<https://example.se/offices({o.Id})> {string.Join(" ;\n  ", terms)} .");
        }
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record NaiveOffice(
        int Id, string Name, string MunicipalityCode, string MunicipalityName, string CountyCode, string Status, DateTime OpenedOn, double Latitude, double Longitude,
        bool VideoMeeting, List<string> Services, string Street, string PostalCode, string City)
    {
        public NaiveOffice()
            : this(0, "", "", "", "", "", default, 0, 0, false, [], "", "", "")
        {
        }
    }
}
