using ODataEngine.Model;

namespace ServiceOffices.Testing;

/// <summary>Rows of values that need escaping or special treatment in one of the formats.</summary>
internal sealed record EdgeCases(
    string Id,
    string? Text,
    GeoPoint? Point = null,
    EdgeCasePart? Part = null,
    IReadOnlyList<string>? Words = null,
    IReadOnlyList<EdgeCasePart>? Parts = null,
    int Whole = 0,
    long Long = 0,
    double Real = 0,
    decimal? Exact = null,
    bool? Flag = null,
    DateOnly? Date = null,
    TimeOnly? Time = null,
    DateTimeOffset? Instant = null,
    TimeSpan? Duration = null,
    Guid? Unique = null,
    byte[]? Binary = null)
{
    private static readonly TypeMapping<EdgeCasePart> PartRows = new TypeMapping<EdgeCasePart>("Test", "Part")
        .HasProperty("street", p => p.Street, Title, Title)
        .HasProperty("postalCode", p => p.PostalCode, Title, Title)
        .HasProperty("floor", p => p.Floor, Title, Title);

    private static readonly TypeMapping<EdgeCaseNumbers> BytesRows = new TypeMapping<EdgeCaseNumbers>("Test", "Bytes")
        .HasProperty("octet", b => b.Octet, Title, Title)
        .HasProperty("single", b => b.Single, Title, Title)
        .HasProperty("short", b => b.Short, Title, Title);

    public static TypeMapping<EdgeCases> Rows { get; } = new TypeMapping<EdgeCases>("Test", "EdgeCase")
        .AsEvent(new("date", Precision: "text", Kind: "text", Location: "part", LocationId: "id"))
        .HasKey("id")
        .HasProperty("id", n => n.Id, Title, Title, required: true)
        .HasProperty("text", n => n.Text, Title, Title)
        .HasProperty("point", n => n.Point, Title, Title)
        .HasComplexProperty("part", n => n.Part, PartRows, Title, Title)
        .HasStringCollection("words", n => n.Words ?? [], Title, Title)
        .HasComplexCollection("parts", n => n.Parts ?? [], PartRows, Title, Title)
        .HasProperty("whole", n => n.Whole, Title, Title)
        .HasProperty("long", n => n.Long, Title, Title)
        .HasProperty("real", n => n.Real, Title, Title)
        .HasProperty("exact", n => n.Exact, Title, Title)
        .HasProperty("flag", n => n.Flag, Title, Title)
        .HasProperty("date", n => n.Date, Title, Title)
        .HasProperty("time", n => n.Time, Title, Title)
        .HasProperty("instant", n => n.Instant, Title, Title)
        .HasProperty("duration", n => n.Duration, Title, Title)
        .HasProperty("unique", n => n.Unique, Title, Title)
        .HasOne("next", "edgecases", () => Rows!.Type, n => n.Id, Title, Title);

    public static IReadOnlyList<EdgeCases> All { get; } =
    [
        new("quotes", "She said \"hej\", then left."),
        new("only-quotes", "\"\"\""),
        new("lines", "one\r\ntwo\nthree\rfour"),
        new("åäö", "Åsele, Östersund & Älvsbyn <é>"),
        new("emoji", "🏢 öppet 👩‍🚀"),
        new("zeros", "0114", Part: new("Storgatan 1", "01234", 0)),
        new("formula", "=1+1"),
        new("formula-2", "@SUM(1;2)|cmd"),
        new("spaces", "  around  "),
        new("tab", "a\tb\\c/d"),
        new("empty", ""),
        new("null", null),
        new("control", "a\u0001b\u007fc\u2028d"),
        new("half-emoji", "a\ud83cb"),
        new("west", "180 W", new GeoPoint(-180, -90)),
        new("east", "antimeridian", new GeoPoint(179.9999999, 66.5)),
        new("malmö", "Malmö", new GeoPoint(13.0, 55.6)),
        new("collections", "x", Words: ["a,b", "c\"d", "åäö", ""], Parts: [new("Väg \"1\"", null, 2), new(null, "00100", -1)]),
        new("part-of-nulls", "x", Part: new(null, null, 3)),
        new("numbers", "x", Whole: int.MinValue, Long: long.MaxValue, Real: 0.1 + 0.2, Exact: 1.50m, Flag: true),
        new("big", "x", Whole: int.MaxValue, Long: long.MinValue, Real: 1e300, Exact: decimal.MaxValue, Flag: false),
        new("nan", "x", Real: double.NaN),
        new("infinite", "x", Real: double.NegativeInfinity),
        new("dates", "x", Date: new(2024, 2, 29), Time: new(8, 30), Instant: new(2024, 10, 27, 2, 30, 0, TimeSpan.FromHours(2)),
            Duration: new TimeSpan(1, 2, 0, 0), Unique: Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e")),
        new("fractions", "x", Date: DateOnly.MinValue, Time: new TimeOnly(23, 59, 59, 500), Instant: DateTimeOffset.MaxValue, Duration: TimeSpan.FromMilliseconds(-1500)),
    ];

    public static Table Table { get; } = CreateTable("edgecases", Rows, All);

    public static Table Bytes { get; } = CreateTable("bytes", BytesRows.HasKey("octet"), [new EdgeCaseNumbers(255, 0.1f, -32768), new EdgeCaseNumbers(0, float.PositiveInfinity, 32767)]);

    private static LocalizedString Title => new("t", "t");

    public static Table CreateTable<TRow>(string set, TypeMapping<TRow> type, IReadOnlyList<TRow> rows)
        where TRow : class
    {
        var model = new EntityModel("Test", [new EntitySet(set, type.Type, Title, Title, [])]);
        return new TableSetBuilder(model).Add(set, type, rows).Build(1, DateTimeOffset.UnixEpoch)[set];
    }
}

internal sealed record EdgeCasePart(string? Street, string? PostalCode, int Floor);

internal sealed record EdgeCaseNumbers(byte Octet, float Single, short Short);
