using System.Globalization;
using System.Xml;
using CsCheck;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;
using Kind = ODataEngine.Model.PrimitiveKind;

namespace ServiceOffices.Testing.Oracle;

/// <summary>Generates expressions of every primitive kind with their meaning.</summary>
internal static class OracleValues
{
    private static readonly Kind[] Smaller = [Kind.SByte, Kind.Byte, Kind.Int16, Kind.Int32];

    private static readonly Dictionary<Kind, OracleTerm[]> Literals = new()
    {
        [Kind.String] = [.. SampleRows.Strings.Select(text => new OracleTerm("'" + text.Replace("'", "''", StringComparison.Ordinal) + "'", Kind.String, _ => text))],
        [Kind.Boolean] = [new("true", Kind.Boolean, _ => true), new("false", Kind.Boolean, _ => false)],
        [Kind.Int32] = [.. ((int[])[0, 1, -1, 2, 5, 7, 100, 300, int.MaxValue, int.MinValue]).Select(number => Number(Kind.Int32, number, number.ToString(CultureInfo.InvariantCulture)))],
        [Kind.Int64] = [.. ((long[])[2147483648, -2147483649, 9007199254740993, long.MaxValue]).Select(number => Number(Kind.Int64, number, number.ToString(CultureInfo.InvariantCulture)))],
        [Kind.Decimal] = [.. ((string[])["0.5", "-2.5", "2.55", "0.1", "59.33", "1000000.0"]).Select(text => Number(Kind.Decimal, decimal.Parse(text, CultureInfo.InvariantCulture), text))],
        [Kind.Double] =
        [
            .. ((string[])["1e0", "-5e-1", "2.5e0", "1e10", "1e300"]).Select(text => Number(Kind.Double, double.Parse(text, CultureInfo.InvariantCulture), text)),
            Number(Kind.Double, double.PositiveInfinity, "INF"), Number(Kind.Double, double.NaN, "NaN"),
        ],
        [Kind.Guid] = [.. ((string[])["00000001-0001-0000-8000-000000000002", "00000000-0000-0000-8000-000000000000"]).Select(text => new OracleTerm(text, Kind.Guid, _ => Guid.Parse(text)))],
        [Kind.Date] = [.. ((DateOnly[])[new(2024, 2, 29), new(2018, 5, 15), new(1970, 1, 1), DateOnly.MaxValue]).Select(on => new OracleTerm(on.ToString("O", CultureInfo.InvariantCulture), Kind.Date, _ => on))],
        [Kind.TimeOfDay] = [new("08:00", Kind.TimeOfDay, _ => new TimeOnly(8, 0)), new("23:59:59.999", Kind.TimeOfDay, _ => new TimeOnly(23, 59, 59, 999)), new("12:30:45.5", Kind.TimeOfDay, _ => new TimeOnly(12, 30, 45, 500))],
        [Kind.DateTimeOffset] =
        [
            new("2018-05-15T12:30:45.5Z", Kind.DateTimeOffset, _ => new DateTimeOffset(2018, 5, 15, 12, 30, 45, 500, TimeSpan.Zero)),
            new("2018-05-15T02:00:00+02:00", Kind.DateTimeOffset, _ => new DateTimeOffset(2018, 5, 15, 2, 0, 0, TimeSpan.FromHours(2))),
            new("now()", Kind.DateTimeOffset, _ => SampleEngine.Now), new("mindatetime()", Kind.DateTimeOffset, _ => DateTimeOffset.MinValue), new("maxdatetime()", Kind.DateTimeOffset, _ => DateTimeOffset.MaxValue),
        ],
        [OracleType.Enum] = [.. Enum.GetValues<OracleState>().Select(state => new OracleTerm($"Sampling.State'{state}'", OracleType.Enum, _ => state))],
        [Kind.Duration] = [.. ((string[])["PT1H", "-PT1H", "P1D", "P1DT2H3M4S", "PT0S", "PT0.5S"]).Select(text => new OracleTerm($"duration'{text}'", Kind.Duration, _ => XmlConvert.ToTimeSpan(text)))],
    };

    /// <summary>Generates an expression of a kind; a smaller numeric kind occurs only as a property.</summary>
    public static Gen<OracleTerm> ForKind(Kind kind, OracleNames names, int depth)
    {
        var leaves = Leaves(kind, names);
        return depth <= 0 ? Gen.OneOf(leaves) : Pick(
        [
            () => Gen.OneOf(leaves), () => Gen.OneOf(leaves),
            .. kind switch
            {
                Kind.Boolean => [() => OracleConditions.Generate(names, depth)],
                Kind.String => Strings(names, depth - 1),
                Kind.Int32 => [.. Divisions(kind, names, depth - 1), .. Int32s(names, depth - 1)],
                Kind.Int64 or Kind.Single => Arithmetic(kind, names, depth - 1),
                Kind.Decimal => [.. Arithmetic(kind, names, depth - 1), .. Roundings(kind, names, depth - 1), .. Decimals(names, depth - 1)],
                Kind.Double => [.. Arithmetic(kind, names, depth - 1), .. Roundings(kind, names, depth - 1)],
                Kind.Date => Dates(names, depth - 1),
                Kind.TimeOfDay => [() => ForKind(Kind.DateTimeOffset, names, depth - 1).Select(at => Map(Kind.TimeOfDay, $"time({at})", at, (DateTimeOffset value) => TimeOnly.FromTimeSpan(value.TimeOfDay)))],
                Kind.DateTimeOffset => Instants(names, depth - 1),
                Kind.Duration => Durations(names, depth - 1),
                _ => (Func<Gen<OracleTerm>>[])[],
            },
            () => Branches(kind, names, depth - 1),
        ]);
    }

    /// <summary>Chooses one of several generators and creates only that one, since creating all would not terminate.</summary>
    public static Gen<T> Pick<T>(IReadOnlyList<Func<Gen<T>>> alternatives) => Gen.Int[0, alternatives.Count - 1].SelectMany(i => alternatives[i]());

    /// <summary>Applies a function of one value; null for null.</summary>
    public static OracleTerm Map<TIn, TOut>(Kind kind, string url, OracleTerm operand, Func<TIn, TOut> function) =>
        new(url, kind, scope => operand.Value(scope) is TIn value ? function(value) : null);

    /// <summary>Applies a function of two values; null where one is null.</summary>
    public static OracleTerm Map<TFirst, TSecond>(Kind kind, string url, OracleTerm first, OracleTerm second, Func<TFirst, TSecond, object?> function) =>
        new(url, kind, scope => first.Value(scope) is TFirst one && second.Value(scope) is TSecond two ? function(one, two) : null);

    /// <summary>Generates properties, variables and literals of a kind.</summary>
    public static OracleTerm[] Leaves(Kind kind, OracleNames names)
    {
        OracleTerm[] leaves =
        [
            .. names.Sources.SelectMany(source => source.Type.PathsTo(kind).Select(path =>
                new OracleTerm(source.Prefix + path.Url, kind, scope => path.Read(scope.Data, source.Row(scope))))),
            .. kind == Kind.String ? names.Strings.Select(text => new OracleTerm(text.Name, kind, text.Value)) : [],
            .. names.Computed.Where(computed => computed.Kind == kind),
        ];
        var literals = Literals.GetValueOrDefault(kind) ?? [];

        // Half of them are properties.
        return leaves.Length == 0 ? literals : [.. leaves, .. literals.Take(Math.Max(4, leaves.Length))];
    }

    /// <summary>Chooses one of several kinds for which a property, a variable or a literal exists here.</summary>
    public static Gen<Kind> WithKnownKind(OracleNames names, IEnumerable<Kind> kinds) => Gen.OneOf([.. kinds.Where(kind => Leaves(kind, names).Length > 0)]);

    private static OracleTerm Number(Kind kind, object value, string text) => new(text, kind, _ => value) { Literal = text };

    private static Func<Gen<OracleTerm>>[] Strings(OracleNames names, int depth) =>
    [
        () => Gen.Select(ForKind(Kind.String, names, depth), ForKind(Kind.String, names, depth), (a, b) => Map<string, string>(Kind.String, $"concat({a},{b})", a, b, (one, two) => one + two)),
        () => ForKind(Kind.String, names, depth).Select(a => Map(Kind.String, $"tolower({a})", a, (string text) => text.ToLowerInvariant())),
        () => ForKind(Kind.String, names, depth).Select(a => Map(Kind.String, $"ToUpper({a})", a, (string text) => text.ToUpperInvariant())),
        () => ForKind(Kind.String, names, depth).Select(a => Map(Kind.String, $"trim({a})", a, (string text) => text.Trim())),
        () => Gen.Select(ForKind(Kind.String, names, depth), Gen.Int[-3, 5], (a, start) => Map(Kind.String, $"substring({a},{start})", a, (string text) => Substring(text, start, text.Length))),
        () => Gen.Select(ForKind(Kind.String, names, depth), Gen.Int[-3, 5], Gen.Int[0, 3], (a, start, length) => Map(Kind.String, $"substring({a},{start},{length})", a, (string text) => Substring(text, start, length))),
        () => Pick<OracleTerm>([.. ((Kind[])[Kind.Int32, Kind.Int64, Kind.Decimal, Kind.Boolean, Kind.Guid, Kind.Date, Kind.Duration]).Select(kind => (Func<Gen<OracleTerm>>)(() => ForKind(kind, names, depth)))])
            .Select(a => Map(Kind.String, $"cast({a},Edm.String)", a, (object value) => value switch
            {
                bool flag => flag ? "true" : "false",
                DateOnly on => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                TimeSpan duration => XmlConvert.ToString(duration),
                _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
            })),
    ];

    // The unit is the character; a negative start counts from the end.
    private static string Substring(string text, int start, int length) =>
        string.Concat(text.EnumerateRunes().Skip(start < 0 ? Math.Max(0, text.EnumerateRunes().Count() + start) : start).Take(length));

    private static Func<Gen<OracleTerm>>[] Int32s(OracleNames names, int depth) =>
    [
        () => ForKind(Kind.String, names, depth).Select(a => Map(Kind.Int32, $"length({a})", a, (string text) => text.EnumerateRunes().Count())),
        () => Gen.Select(ForKind(Kind.String, names, depth), ForKind(Kind.String, names, depth), (a, b) => Map<string, string>(Kind.Int32, $"indexof({a},{b})", a, b, (text, part) => text.IndexOf(part, StringComparison.Ordinal) is >= 0 and var at ? text[..at].EnumerateRunes().Count() : -1)),
        () => ForKind(Kind.Date, names, depth).Select(a => Map(Kind.Int32, $"year({a})", a, (DateOnly on) => on.Year)),
        () => ForKind(Kind.Date, names, depth).Select(a => Map(Kind.Int32, $"month({a})", a, (DateOnly on) => on.Month)),
        () => ForKind(Kind.Date, names, depth).Select(a => Map(Kind.Int32, $"day({a})", a, (DateOnly on) => on.Day)),
        () => ForKind(Kind.DateTimeOffset, names, depth).Select(a => Map(Kind.Int32, $"year({a})", a, (DateTimeOffset at) => at.Year)),
        () => ForKind(Kind.DateTimeOffset, names, depth).Select(a => Map(Kind.Int32, $"day({a})", a, (DateTimeOffset at) => at.Day)),
        () => ForKind(Kind.DateTimeOffset, names, depth).Select(a => Map(Kind.Int32, $"hour({a})", a, (DateTimeOffset at) => at.Hour)),
        () => ForKind(Kind.DateTimeOffset, names, depth).Select(a => Map(Kind.Int32, $"totaloffsetminutes({a})", a, (DateTimeOffset at) => (int)at.Offset.TotalMinutes)),
        () => ForKind(Kind.TimeOfDay, names, depth).Select(a => Map(Kind.Int32, $"minute({a})", a, (TimeOnly time) => time.Minute)),
        () => ForKind(Kind.TimeOfDay, names, depth).Select(a => Map(Kind.Int32, $"second({a})", a, (TimeOnly time) => time.Second)),
        () => WithKnownKind(names, Smaller).SelectMany(kind => ForKind(kind, names, depth)).Select(a =>
            new OracleTerm($"(-({a}))", Kind.Int32, scope => OracleNumbers.Calculate("sub", 0, OracleNumbers.ConvertNumber(Kind.Int32, a, a.Value(scope))))),
    ];

    private static Func<Gen<OracleTerm>>[] Arithmetic(Kind kind, OracleNames names, int depth) =>
    [
        // The sum, difference and product of numbers of at most 32 bits have 64 bits.
        () => Gen.Bool.SelectMany(small => kind == Kind.Int64 && small
                ? Gen.Select(Operand(Kind.Int32, names, depth), Operand(Kind.Int32, names, depth), (left, right) => (Left: left, Right: right))
                : Operands(kind, names, depth))
            .SelectMany(pair => Gen.OneOf("add", "sub", "mul").Select(operation => Calculate(operation, kind, pair.Left, pair.Right))),
        .. Divisions(kind, names, depth),
    ];

    private static Func<Gen<OracleTerm>>[] Divisions(Kind kind, OracleNames names, int depth) =>
    [
        // A division by zero fails the request, so divisors are constants other than zero.
        () => Operand(kind, names, depth).SelectMany(left => Gen.Select(Gen.OneOf("div", "mod"), Gen.OneOf(Divisors(kind)), (operation, right) => Calculate(operation, kind, left, right))),
    ];

    private static OracleTerm[] Divisors(Kind kind) => kind switch
    {
        Kind.Int32 => [Number(kind, 2, "2"), Number(kind, -3, "-3")],
        Kind.Int64 => [Number(kind, 5_000_000_000, "5000000000")],
        Kind.Double => [Number(kind, 2.5, "2.5e0")],
        _ => [Number(Kind.Decimal, 2.5m, "2.5")],
    };

    // One operand has the kind of the result, or both are smaller than it.
    private static Gen<(OracleTerm Left, OracleTerm Right)> Operands(Kind kind, OracleNames names, int depth) =>
        Gen.Select(Operand(kind, names, depth), WithKnownKind(names, OracleNumbers.Kinds.Where(other => OracleNumbers.Promote(kind, other) == kind)).SelectMany(other => ForKind(other, names, depth)), Gen.Bool,
            (one, other, swapped) => swapped ? (other, one) : (one, other));

    private static Gen<OracleTerm> Operand(Kind kind, OracleNames names, int depth) => kind == Kind.Int32
        ? WithKnownKind(names, Smaller).SelectMany(smaller => ForKind(smaller, names, depth))
        : ForKind(kind, names, depth);

    private static OracleTerm Calculate(string operation, Kind kind, OracleTerm left, OracleTerm right) => new(
        $"({left} {operation} {right})",
        kind,
        scope => OracleNumbers.Calculate(operation, OracleNumbers.ConvertNumber(kind, left, left.Value(scope)), OracleNumbers.ConvertNumber(kind, right, right.Value(scope))));

    private static Func<Gen<OracleTerm>>[] Roundings(Kind kind, OracleNames names, int depth) =>
    [
        () => ForKind(kind, names, depth).Select(a => Map(kind, $"floor({a})", a, (object number) => number is decimal exact ? decimal.Floor(exact) : (object)Math.Floor((double)number))),
        () => ForKind(kind, names, depth).Select(a => Map(kind, $"ceiling({a})", a, (object number) => number is decimal exact ? decimal.Ceiling(exact) : (object)Math.Ceiling((double)number))),
        () => ForKind(kind, names, depth).Select(a => Map(kind, $"round({a})", a, (object number) => number is decimal exact
            ? decimal.Round(exact, MidpointRounding.AwayFromZero)
            : (object)Math.Round((double)number, MidpointRounding.AwayFromZero))),
    ];

    private static Func<Gen<OracleTerm>>[] Decimals(OracleNames names, int depth) =>
    [
        () => ForKind(Kind.Duration, names, depth).Select(a => Map(Kind.Decimal, $"totalseconds({a})", a, (TimeSpan duration) => duration.Ticks / 10_000_000m)),
        () => ForKind(Kind.DateTimeOffset, names, depth).Select(a => Map(Kind.Decimal, $"fractionalseconds({a})", a, (DateTimeOffset at) => at.Ticks % 10_000_000 / 10_000_000m)),
        () => ForKind(Kind.Int32, names, depth).Select(a => Calculate("divby", Kind.Decimal, a, Number(Kind.Int32, 4, "4"))),
    ];

    private static Func<Gen<OracleTerm>>[] Dates(OracleNames names, int depth) =>
    [
        () => ForKind(Kind.DateTimeOffset, names, depth).Select(a => Map(Kind.Date, $"date({a})", a, (DateTimeOffset at) => DateOnly.FromDateTime(at.DateTime))),
        () => ShiftedInstants(Kind.Date, names, depth),
    ];

    private static Func<Gen<OracleTerm>>[] Instants(OracleNames names, int depth) =>
    [
        () => ForKind(Kind.Date, names, depth).Select(a => Map(Kind.DateTimeOffset, $"cast({a},Edm.DateTimeOffset)", a, (DateOnly on) => new DateTimeOffset(on, default, TimeSpan.Zero))),
        () => ShiftedInstants(Kind.DateTimeOffset, names, depth),
    ];

    private static Func<Gen<OracleTerm>>[] Durations(OracleNames names, int depth) =>
    [
        () => ShiftedInstants(Kind.Duration, names, depth),
        () => Gen.Select(ForKind(Kind.Date, names, depth), ForKind(Kind.Date, names, depth), (a, b) => Calculate(Kind.Duration, "sub", a, b)),
        () => Gen.Select(ForKind(Kind.DateTimeOffset, names, depth), ForKind(Kind.DateTimeOffset, names, depth), (a, b) => Calculate(Kind.Duration, "sub", a, b)),
        () => ForKind(Kind.Duration, names, depth).Select(a => new OracleTerm($"(-({a}))", Kind.Duration, scope => OracleNumbers.Calculate("sub", TimeSpan.Zero, a.Value(scope)))),
    ];

    private static Gen<OracleTerm> ShiftedInstants(Kind kind, OracleNames names, int depth) =>
        Gen.Select(ForKind(kind, names, depth), ForKind(Kind.Duration, names, depth), Gen.OneOf("add", "sub"), (a, by, operation) => Calculate(kind, operation, a, by));

    private static OracleTerm Calculate(Kind kind, string operation, OracleTerm left, OracleTerm right) =>
        new($"({left} {operation} {right})", kind, scope => OracleNumbers.Calculate(operation, left.Value(scope), right.Value(scope)));

    private static Gen<OracleTerm> Branches(Kind kind, OracleNames names, int depth) =>
        Gen.Select(OracleConditions.Generate(names, depth), ForKind(kind, names, depth), ForKind(kind, names, depth), Gen.Bool, (condition, one, other, hasElse) => new OracleTerm(
            hasElse ? $"case({condition}:{one},true:{other})" : $"case({condition}:{one})",
            kind,
            scope => condition.Value(scope) is true ? one.Value(scope) : hasElse ? other.Value(scope) : null));
}
