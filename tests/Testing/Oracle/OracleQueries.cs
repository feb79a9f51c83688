using System.Collections.Immutable;
using CsCheck;
using ODataEngine.Model;
using ServiceOffices.ODataFuzz;
using Kind = ODataEngine.Model.PrimitiveKind;

namespace ServiceOffices.Testing.Oracle;

/// <summary>Generates combinations of all query options with their meaning, evaluated naively by LINQ over lists of records.</summary>
internal static class OracleQueries
{
    private static readonly Kind[] Computable = [Kind.String, Kind.Int32, Kind.Boolean, Kind.Decimal, Kind.Double, Kind.Date, Kind.DateTimeOffset, Kind.Duration, Kind.Int64, Kind.TimeOfDay];

    private static readonly string[] Words = ["a", "ab", "älmhult", "ALMHULT", "linne", "sjöbo", "sjobo", "zzz", "nothing"];

    /// <summary>Generates the options of a request for all entities of a type.</summary>
    public static Gen<OracleOptions> ForRequest(OracleType type) => ForType(type, OracleNames.ForRows(type), type, 3, canExpand: 2);

    /// <param name="names">The names that expressions in the options may use.</param>
    /// <param name="it">The type of the rows of the request.</param>
    /// <param name="depth">The maximum depth of expressions.</param>
    /// <param name="canExpand">The number of levels of $expand that may follow.</param>
    private static Gen<OracleOptions> ForType(OracleType type, OracleNames names, OracleType it, int depth, int canExpand) =>
        Computes(names, depth - 1).SelectMany(computed => Gen.Select(
            RowOptions(type, names with { Computed = [.. computed] }, depth), Projection(type, it, computed, depth), canExpand > 0 ? Expands(type, it, depth, canExpand) : Gen.Const(NoExpands),
            (rows, projection, expands) => new OracleOptions(
                [
                    .. computed.Count > 0 ? ["$compute=" + string.Join(',', computed.Select(property => $"{property.Source} as {property.Name}"))] : (string[])[],
                    .. rows.Texts, .. projection.Text is null ? [] : (string[])[projection.Text],
                    .. expands.Count > 0 ? ["$expand=" + string.Join(',', expands.Select(expand => expand.Text))] : (string[])[],
                ],
                rows.Apply,
                (row, scope) => [.. projection.Show(row, scope), .. expands.SelectMany(expand => expand.Show(row, scope))])));

    private static readonly List<(string Text, Func<object, OracleScope, OracleOptions.Members> Show)> NoExpands = [];

    private static Gen<List<OracleComputed>> Computes(OracleNames names, int depth) => Gen.Int[0, 3].SelectMany(count => Gen.OneOf(Computable)
        .SelectMany(kind => OracleValues.ForKind(kind, names, depth)).List[count > 1 ? 0 : count]
        .Select(terms => terms.Select((term, i) => new OracleComputed("c" + i, term)).ToList()));

    private static Gen<(ImmutableList<string> Texts, Func<IEnumerable<object>, OracleScope, (IReadOnlyList<object>, int)> Apply)> RowOptions(OracleType type, OracleNames names, int depth) =>
        Gen.Select(
            Optional(2, OracleConditions.Generate(names, depth)),
            OrderBy(names, depth - 1),
            Gen.Int[-12, 12],
            Gen.Int[-20, 20],
            Gen.Bool,
            type.CollectionNavigations.Count > 0 ? Optional(6, Gen.OneOf(Words)) : Gen.Const((string?)null),
            (filter, orderBy, skip, top, count, search) => (
                Texts(filter, orderBy, skip, top, count, search),
                (Func<IEnumerable<object>, OracleScope, (IReadOnlyList<object>, int)>)((rows, scope) =>
                {
                    var kept = rows
                        .Where(row => filter is null || filter.Value(scope with { This = row }) is true)
                        .Where(row => search is null || MatchesSearch(scope.Data, row, search));
                    var sorted = orderBy.Aggregate(
                        kept.Order(Comparer<object>.Create((_, _) => 0)),
                        (before, key) => key.Descending
                            ? before.ThenByDescending(row => key.Term.Value(scope with { This = row }), Comparer<object?>.Create(OracleNumbers.Order))
                            : before.ThenBy(row => key.Term.Value(scope with { This = row }), Comparer<object?>.Create(OracleNumbers.Order))).ToList();
                    return ([.. sorted.Skip(Math.Max(0, skip)).Take(top < 0 ? int.MaxValue : top)], sorted.Count);
                })));

    private static ImmutableList<string> Texts(OracleTerm? filter, List<(OracleTerm Term, bool Descending)> orderBy, int skip, int top, bool count, string? search) =>
    [
        .. filter is null ? [] : (string[])["$filter=" + filter],
        .. orderBy.Count == 0 ? [] : (string[])["$orderby=" + string.Join(',', orderBy.Select(key => key.Term + (key.Descending ? " desc" : "")))],
        .. skip > 0 ? [$"$skip={skip}"] : (string[])[],
        .. top >= 0 ? [$"$top={top}"] : (string[])[],
        .. count ? ["$count=true"] : (string[])[],
        .. search is null ? [] : (string[])["$search=" + search],
    ];

    private static Gen<List<(OracleTerm Term, bool Descending)>> OrderBy(OracleNames names, int depth) =>
        Gen.Select(OracleValues.WithKnownKind(names, [.. Computable, Kind.Guid, Kind.Single, Kind.Byte, OracleType.Enum]).SelectMany(kind => OracleValues.ForKind(kind, names, depth)), Gen.Bool, (term, descending) => (term, descending)).List[0, 2];

    // The search paths of SampleModel. Case folding has separate tests.
    private static bool MatchesSearch(OracleData data, object row, string word) => (row switch
    {
        Sample sample => [sample.Name, sample.Text, .. sample.Tags, data.GetGroup(sample)?.Name],
        SampleGroup group => (string?[])[group.Name],
        _ => throw new NotSupportedException(row.ToString()),
    }).Any(text => text is not null && SearchFolding.Fold(text).Contains(SearchFolding.Fold(word), StringComparison.Ordinal));

    private static Gen<(string? Text, Func<object, OracleScope, OracleOptions.Members> Show)> Projection(OracleType type, OracleType it, List<OracleComputed> computed, int depth) =>
        Gen.Int[0, 3].SelectMany(form => form switch
        {
            0 => Gen.Const(((string?)null, (Func<object, OracleScope, OracleOptions.Members>)((row, scope) => [.. AllMembers(type, row), .. Values(computed, row, scope)]))),
            1 => Gen.Const(((string?)"$select=*", (Func<object, OracleScope, OracleOptions.Members>)((row, scope) => [.. AllMembers(type, row), .. Values(computed, row, scope)]))),
            _ => SelectedMembers(type, it, computed, depth),
        });

    private static Gen<(string? Text, Func<object, OracleScope, OracleOptions.Members> Show)> SelectedMembers(OracleType type, OracleType it, List<OracleComputed> computed, int depth)
    {
        List<Gen<(string Text, Func<object, OracleScope, OracleOptions.Members> Show)>> choices =
        [
            .. type.Columns.Select(column => Gen.Const((column.Name, (Func<object, OracleScope, OracleOptions.Members>)((row, _) => [(column.Name, column.Read(row))])))),
            .. computed.Select(property => Gen.Const((property.Name, (Func<object, OracleScope, OracleOptions.Members>)((row, scope) => [.. Values([property], row, scope)])))),
            .. type.Complex.Select(complex => Gen.OneOf([.. complex.Type.Columns]).Select(column => ($"{complex.Name}/{column.Name}", (Func<object, OracleScope, OracleOptions.Members>)((row, _) =>
                [(complex.Name, complex.Read(row) is { } value ? new OracleOptions.Members { (column.Name, column.Read(value)) } : null)])))),
            .. type.Derived.SelectMany(derived => derived.Own().Columns.Select(column => Gen.Const(($"{derived.Name}/{column.Name}", (Func<object, OracleScope, OracleOptions.Members>)((row, _) =>
                derived.As(row) is { } value ? [(column.Name, column.Read(value))] : []))))),
            .. type.Complex.Select(complex => Gen.Const(($"{complex.Name}", (Func<object, OracleScope, OracleOptions.Members>)((row, _) =>
                [(complex.Name, complex.Read(row) is { } value ? AllMembers(complex.Type, value) : null)])))),
            .. type.Lists.Select(list => Strings(it, depth - 1).Select(nested => Nested(list.Name, nested, row => list.Read(row)))),
            .. type.Parts.Select(list => ForType(OracleType.Part, OracleNames.ForNested(OracleType.Part, it), it, depth - 2, canExpand: 0).Select(nested => Nested(list.Name, nested, row => list.Read(row)))),
        ];
        return Gen.Shuffle(choices, 1, 4).SelectMany(chosen => All(chosen)).Select(items =>
        {
            var distinct = items.DistinctBy(item => GetOutputName(item.Text)).ToList();
            return ((string?)("$select=" + string.Join(',', distinct.Select(item => item.Text))), (Func<object, OracleScope, OracleOptions.Members>)((row, scope) => [.. distinct.SelectMany(item => item.Show(row, scope))]));
        });
    }

    // In a list of strings $this is an item.
    private static Gen<OracleOptions> Strings(OracleType it, int depth)
    {
        var item = new OracleTerm("$this", Kind.String, scope => scope.This);
        var names = new OracleNames([("$it/", it, scope => scope.It)], [("$this", scope => scope.This)], []);
        return Gen.Select(Optional(2, OracleConditions.Generate(names, depth)), Gen.Int[0, 2], Gen.Int[-3, 3], Gen.Bool, (filter, order, top, count) => new OracleOptions(
            Texts(filter, order == 0 ? [] : [(item, order == 2)], 0, top, count, null),
            (rows, scope) =>
            {
                var kept = rows.Where(row => filter is null || filter.Value(scope with { This = row }) is true);
                var sorted = (order switch { 0 => kept, 1 => kept.Order(Comparer<object>.Create(OracleNumbers.Order)), _ => kept.OrderDescending(Comparer<object>.Create(OracleNumbers.Order)) }).ToList();
                return ([.. sorted.Take(top < 0 ? int.MaxValue : top)], sorted.Count);
            },
            (_, _) => throw new NotSupportedException("A string has no members.")));
    }

    private static (string Text, Func<object, OracleScope, OracleOptions.Members> Show) Nested(string name, OracleOptions options, Func<object, IEnumerable<object>> read) => (
        FormatNested(name, options.Options),
        (row, scope) =>
        {
            var (shown, total) = options.Rows(read(row), scope);
            List<object?> values = [.. shown.Select(item => item is string ? item : options.Show(item, scope))];
            return options.Count ? [(name + "@odata.count", total), (name, values)] : [(name, values)];
        });

    private static Gen<List<(string Text, Func<object, OracleScope, OracleOptions.Members> Show)>> Expands(OracleType type, OracleType it, int depth, int canExpand)
    {
        List<Gen<(string Text, Func<object, OracleScope, OracleOptions.Members> Show)>> choices =
        [
            .. type.Derived.SelectMany(derived => derived.Own().SingleNavigations.Select(one => ForType(one.Type(), OracleNames.ForNested(one.Type(), it), it, depth - 1, canExpand - 1).Select(options => (
                FormatNested($"{derived.Name}/{one.Name}", GetShapingOptions(options)),
                (Func<object, OracleScope, OracleOptions.Members>)((row, scope) =>
                    derived.As(row) is { } value ? [(one.Name, one.Read(scope.Data, value) is { } target ? options.Show(target, scope) : null)] : []))))),
            .. type.SingleNavigations.Select(one => ForType(one.Type(), OracleNames.ForNested(one.Type(), it), it, depth - 1, canExpand - 1).Select(options => (
                FormatNested(one.Name, GetShapingOptions(options)),
                (Func<object, OracleScope, OracleOptions.Members>)((row, scope) => [(one.Name, one.Read(scope.Data, row) is { } target ? options.Show(target, scope) : null)])))),
            .. type.CollectionNavigations.Select(many => ForType(many.Type(), OracleNames.ForNested(many.Type(), it), it, depth - 1, canExpand - 1).Select(options => (
                FormatNested(many.Name, options.Options),
                (Func<object, OracleScope, OracleOptions.Members>)((row, scope) =>
                {
                    var (shown, total) = options.Rows(many.Read(scope.Data, row), scope);
                    List<object?> values = [.. shown.Select(target => options.Show(target, scope))];
                    return options.Count ? [(many.Name + "@odata.count", total), (many.Name, values)] : [(many.Name, values)];
                })))),
            .. type.CollectionNavigations.Select(many => Optional(1, OracleConditions.Generate(OracleNames.ForNested(many.Type(), it), depth - 1)).Select(filter => (
                many.Name + "/$count" + (filter is null ? "" : $"($filter={filter})"),
                (Func<object, OracleScope, OracleOptions.Members>)((row, scope) =>
                    [(many.Name + "@odata.count", many.Read(scope.Data, row).Count(target => filter is null || filter.Value(scope with { This = target }) is true))])))),
        ];
        return Gen.Shuffle(choices, 0, 2).SelectMany(chosen => All(chosen)).Select(items => items.DistinctBy(item => GetOutputName(item.Text)).ToList());
    }

    // The property of an item of $select or $expand; each property occurs once.
    private static string GetOutputName(string text) => text.Split('(')[0].Split('/') is [var type, var name, ..] && type.Contains('.', StringComparison.Ordinal) ? name : text.Split('/', '(')[0];

    // The options of a single entity.
    private static ImmutableList<string> GetShapingOptions(OracleOptions options) => [.. options.Options.Where(text => text.Split('=')[0] is "$select" or "$expand" or "$compute")];

    private static string FormatNested(string name, ImmutableList<string> options) => options.Count == 0 ? name : $"{name}({string.Join(';', options)})";

    private static Gen<List<T>> All<T>(IReadOnlyList<Gen<T>> gens) =>
        gens.Aggregate(Gen.Const(ImmutableList<T>.Empty), (all, next) => Gen.Select(all, next, (items, item) => items.Add(item))).Select(items => items.ToList());

    private static Gen<T?> Optional<T>(int oneIn, Gen<T> gen)
        where T : class => Gen.Int[0, oneIn].SelectMany(i => i == 0 ? Gen.Const((T?)null) : oneIn <= 2 || i == 1 ? gen.Select(item => (T?)item) : Gen.Const((T?)null));

    private static IEnumerable<(string Name, object? Value)> Values(IEnumerable<OracleComputed> computed, object row, OracleScope scope) =>
        computed.Select(property => (property.Name, property.Source.Value(scope with { This = row })));

    private static OracleOptions.Members AllMembers(OracleType type, object row) =>
    [
        .. type.Columns.Select(column => (column.Name, column.Read(row))),
        .. type.Complex.Select(complex => (complex.Name, (object?)(complex.Read(row) is { } value ? AllMembers(complex.Type, value) : null))),
        .. type.Lists.Select(list => (list.Name, (object?)list.Read(row).ToList<object?>())),
        .. type.Derived.SelectMany(derived => derived.As(row) is { } value ? AllMembers(derived.Own(), value) : []),
        .. type.Parts.Select(list => (list.Name, (object?)list.Read(row).Select(part => (object?)AllMembers(OracleType.Part, part)).ToList())),
    ];

    /// <summary>Generates a property that $compute defines and other options reference by its name.</summary>
    private sealed record OracleComputed(string Name, OracleTerm Source)
    {
        public static implicit operator OracleTerm(OracleComputed property) => new(property.Name, property.Source.Kind, property.Source.Value);
    }
}
