using ODataEngine.Model;

namespace ServiceOffices.ODataFuzz;

/// <summary>Generates rows from a seed: the same seed gives the same rows on every machine. Small pools of values make equal values likely.</summary>
public sealed class SampleRows
{
    /// <summary>Quotes, reserved and invisible characters, letters outside of ASCII and of the basic multilingual plane, values that spreadsheets read as formulas.</summary>
    public static readonly IReadOnlyList<string> Strings =
    [
        "", " ", "a", "A", "b", "ab", "aba", "Älmhult", "älmhult", "Örebro", "Åsele", "Linné", "linne", "Sjöbo", "sjobo", "O'Brien", "''", "'", "\"quoted\"",
        "a b", "  padded  ", "100 %", "50%25", "a&b=c", "a+b", "a/b", "a\\b", "(x)", "[x]", "{x}", "x;y", "x,y", "$filter", "@alias", "null", "true", "0", "00123", "-1", "=1+1",
        "line\nbreak", "tab\tbed", "\u00A0", "\u200Bzero", "日本語", "𝔘nicode", "😀", "👩‍👧", "ß", "İstanbul", "ı", "ﬁ", "e\u0301", "<b>", "\u0001", "2024-02-29", "zzz",
    ];

    private static readonly int[] Wholes = [0, 1, -1, 2, 3, 5, 7, 10, -10, 42, 100, 127, 128, 255, 256, 1000, -1000, 32767, 32768, int.MaxValue, int.MinValue];
    private static readonly long[] Longs = [0, 1, -1, 2, 10, 1000, int.MaxValue, (long)int.MaxValue + 1, 9007199254740993, long.MaxValue, long.MinValue];
    private static readonly double[] Doubles = [0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 1e10, 1e300, -1e300, 1e-300, 59.33, 3.25, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    private static readonly float[] Floats = [0, 1, -1, 0.5f, 1.5f, 2.5f, 0.1f, 1e10f, 3.4e38f, -7.25f, float.NaN, float.PositiveInfinity];
    private static readonly decimal[] Decimals = [0m, 1m, -1m, 0.5m, 1.5m, 2.5m, -2.5m, 0.1m, 2.55m, 2.550m, 34.95m, 99.99m, 1000000m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m];
    private static readonly TimeSpan[] Durations =
        [TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(1), new(1, 2, 3, 4), TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1500), TimeSpan.MaxValue, TimeSpan.MinValue];

    private readonly Random random;

    public SampleRows(int seed, int samples, int groups)
    {
        random = new Random(seed);
        string[] codes = [.. Strings.Where(text => text.Length > 0).Order(StringComparer.Ordinal)];
        Groups = [.. Enumerable.Range(0, groups).Select(i => Group(i, i < codes.Length ? codes[i] : $"g{i}"))];
        Samples = [.. Enumerable.Range(0, samples).Select(i => Sample(i, samples))];
    }

    public IReadOnlyList<Sample> Samples { get; }

    public IReadOnlyList<SampleGroup> Groups { get; }

    // Every third group is of the derived type.
    private SampleGroup Group(int index, string code)
    {
        var group = new SampleGroup
        {
            Code = code,
            Name = OrNull(Strings),
            Active = random.Next(2) == 0,
            Capacity = ValueOrNull(Wholes),
            Budget = ValueOrNull(Decimals),
            Opened = Maybe(Date),
            Location = Maybe(Point),
            State = index % 4 == 3 ? null : index % 4,
        };
        return index % 3 != 2 ? group : new FundedGroup(group)
        {
            Sum = Decimals[index % Decimals.Length],
            Reference = new Guid(index, 0, 0, new byte[8]),
            Term = index % 2 == 0 ? null : Durations[index % Durations.Length],
            LeaderId = index,
        };
    }

    private Sample Sample(int id, int count) => new()
    {
        Id = id,
        Name = OrNull(Strings),
        Text = Pick(Strings),
        Flag = Maybe(() => random.Next(2) == 0),
        Tiny = Maybe(() => (sbyte)Pick<int>([0, 1, -1, 5, 127, -128])),
        Level = Maybe(() => (byte)Pick<int>([0, 1, 2, 200, 255])),
        Small = Maybe(() => (short)Pick<int>([0, 1, -1, 300, short.MaxValue, short.MinValue])),
        Whole = ValueOrNull(Wholes),
        Big = ValueOrNull(Longs),
        Share = ValueOrNull(Floats),
        Size = ValueOrNull(Doubles),
        Price = ValueOrNull(Decimals),
        Token = Maybe(() => new Guid(random.Next(4), (short)random.Next(2), 0, [0x80, 0, 0, 0, 0, 0, 0, (byte)random.Next(3)])),
        On = Maybe(Date),
        Opens = Maybe(() => Pick<TimeOnly>([default, new(8, 0), new(8, 30, 15), new(23, 59, 59, 999), TimeOnly.MaxValue])),
        Changed = Maybe(Instant),
        Lasts = ValueOrNull(Durations),
        Place = Maybe(Point),
        Tags = Texts(4),
        Details = random.Next(4) == 0 ? null : Details(),
        Parts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Part())],
        GroupCode = random.Next(6) switch { 0 => null, 1 => "no such group", _ when Groups.Count > 0 => Pick(Groups).Code, _ => null },
        ParentId = random.Next(3) == 0 ? null : random.Next(count),
    };

    private Details Details() => new(
        OrNull(Strings), random.Next(2) == 0, Pick(Wholes), Pick(Longs), Pick(Doubles), Pick(Decimals), Date(), Instant(),
        random.Next(3) == 0 ? null : new Origin(OrNull(Strings), ValueOrNull(Wholes)), Texts(3));

    private Part Part() => new(OrNull(Strings), ValueOrNull(Decimals), Maybe(Date), Pick(Wholes));

    private string[] Texts(int max) => [.. Enumerable.Range(0, random.Next(max)).Select(_ => Pick(Strings))];

    private DateOnly Date() => Pick<DateOnly>(
        [new(2024, 2, 29), new(2024, 12, 31), new(2025, 1, 1), new(1970, 1, 1), new(2018, 5, 15), new(2018, 5, 16), DateOnly.MinValue, DateOnly.MaxValue]);

    private DateTimeOffset Instant() => Pick<DateTimeOffset>(
    [
        new(2024, 2, 29, 23, 59, 59, TimeSpan.Zero), new(2024, 12, 31, 0, 0, 0, TimeSpan.Zero), new(2018, 5, 15, 12, 30, 45, 500, TimeSpan.Zero),
        new(2018, 5, 15, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue, DateTimeOffset.MaxValue,
    ]);

    // Malmö, Stockholm, Kiruna; the antimeridian, the equator, the poles.
    private GeoPoint Point() => Pick<GeoPoint>(
        [new(13.0, 55.6), new(18.07, 59.33), new(20.225, 67.855), new(180, 10), new(-180, 10), new(0, 0), new(-0.5, 0), new(0, 90), new(0, -90)]);

    private T Pick<T>(IReadOnlyList<T> pool) => pool[random.Next(pool.Count)];

    private string? OrNull(IReadOnlyList<string> pool) => random.Next(5) == 0 ? null : Pick(pool);

    private T? ValueOrNull<T>(T[] pool)
        where T : struct => random.Next(5) == 0 ? null : Pick(pool);

    private T? Maybe<T>(Func<T> make)
        where T : struct => random.Next(5) == 0 ? null : make();
}
