using System.Text.RegularExpressions;
using CsCheck;
using ODataEngine.Model;
using ServiceOffices.ODataFuzz;
using Kind = ODataEngine.Model.PrimitiveKind;

namespace ServiceOffices.Testing.Oracle;

/// <summary>Generates conditions with their meaning, including null (OData 4.01 Part 2, 5.1.1.1).</summary>
internal static class OracleConditions
{
    private static readonly string[] Comparisons = ["eq", "ne", "gt", "ge", "lt", "le"];

    private static readonly int[] Distances = [0, 1_000, 90_000, 1_500_000, 21_000_000];

    private static readonly Kind[] Others = [Kind.String, Kind.Guid, Kind.Date, Kind.TimeOfDay, Kind.DateTimeOffset, Kind.Duration, Kind.Boolean, OracleType.Enum];

    // No distance between the cities and the points of the rows is near any of these.
    private static readonly (string Url, double West, double South, double East, double North)[] Boxes =
        [("10 54,25 54,25 70,10 70,10 54", 10, 54, 25, 70), ("-180 -90,180 -90,180 90,-180 90,-180 -90", -180, -90, 180, 90), ("0 0,14 0,14 56,0 56,0 0", 0, 0, 14, 56)];

    /// <summary>Generates a condition, at least a property or a comparison.</summary>
    public static Gen<OracleTerm> Generate(OracleNames names, int depth) => depth <= 0
        ? Comparison(names, 0)
        : OracleValues.Pick<OracleTerm>(
        [
            () => Comparison(names, depth - 1), () => Comparison(names, depth - 1), () => NullTest(names, depth - 1),
            () => Junction("and", names, depth - 1), () => Junction("or", names, depth - 1), () => Not(names, depth - 1),
            () => OfStrings(names, depth - 1), () => In(names, depth - 1), () => OfCollections(names, depth - 1), () => GeographyConditions(names),
            () => OracleValues.ForKind(Kind.Boolean, names, 0),
        ]);

    private static Gen<OracleTerm> Comparison(OracleNames names, int depth) => Gen.OneOf(Comparisons).SelectMany(comparison => Gen.Bool.SelectMany(numeric => numeric
        ? Gen.Select(Numeric(names, depth), Numeric(names, depth), (left, right) => new OracleTerm($"({left} {comparison} {right})", Kind.Boolean, scope =>
        {
            var kind = OracleNumbers.Promote(left.Kind, right.Kind);
            return OracleNumbers.Compare(comparison, OracleNumbers.ConvertNumber(kind, left, left.Value(scope)), OracleNumbers.ConvertNumber(kind, right, right.Value(scope)));
        }))
        : Gen.OneOf(Others).SelectMany(kind => Gen.Select(OracleValues.ForKind(kind, names, depth), OracleValues.ForKind(kind, names, depth), (left, right) =>
            new OracleTerm($"({left} {comparison} {right})", Kind.Boolean, scope => OracleNumbers.Compare(comparison, left.Value(scope), right.Value(scope)))))));

    private static Gen<OracleTerm> Numeric(OracleNames names, int depth) =>
        OracleValues.WithKnownKind(names, OracleNumbers.Kinds).SelectMany(kind => OracleValues.ForKind(kind, names, depth));

    private static Gen<OracleTerm> NullTest(OracleNames names, int depth) =>
        Gen.Select(Gen.OneOf(Others).SelectMany(kind => OracleValues.ForKind(kind, names, depth)), Gen.OneOf("eq", "ne", "gt"), Gen.Bool, (operand, comparison, swapped) => new OracleTerm(
            swapped ? $"(null {comparison} {operand})" : $"({operand} {comparison} null)", Kind.Boolean, scope => OracleNumbers.Compare(comparison, operand.Value(scope), null)));

    private static Gen<OracleTerm> Junction(string word, OracleNames names, int depth) => Gen.Select(Generate(names, depth), Generate(names, depth), (left, right) =>
        new OracleTerm($"({left} {word} {right})", Kind.Boolean, scope =>
        {
            // The three-valued logic of bool? is that of the standard.
            var (one, two) = ((bool?)left.Value(scope), (bool?)right.Value(scope));
            return word == "and" ? one & two : one | two;
        }));

    private static Gen<OracleTerm> Not(OracleNames names, int depth) =>
        Generate(names, depth).Select(operand => new OracleTerm($"not ({operand})", Kind.Boolean, scope => !(bool?)operand.Value(scope)));

    private static Gen<OracleTerm> OfStrings(OracleNames names, int depth) => Gen.Select(OracleValues.ForKind(Kind.String, names, depth), OracleValues.ForKind(Kind.String, names, 0)).SelectMany(pair => Gen.OneOf<OracleTerm>(
        OracleValues.Map<string, string>(Kind.Boolean, $"contains({pair.Item1},{pair.Item2})", pair.Item1, pair.Item2, (text, part) => text.Contains(part, StringComparison.Ordinal)),
        OracleValues.Map<string, string>(Kind.Boolean, $"startswith({pair.Item1},{pair.Item2})", pair.Item1, pair.Item2, (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        OracleValues.Map<string, string>(Kind.Boolean, $"endswith({pair.Item1},{pair.Item2})", pair.Item1, pair.Item2, (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        Matches(pair.Item1, "^a"), Matches(pair.Item1, "[a-zö]$"), Matches(pair.Item1, "^.{2,3}$"), Matches(pair.Item1, "")));

    private static OracleTerm Matches(OracleTerm operand, string pattern) =>
        OracleValues.Map(Kind.Boolean, $"matchesPattern({operand},'{pattern}')", operand, (string text) => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant));

    private static Gen<OracleTerm> In(OracleNames names, int depth) => Gen.OneOf(Kind.String, Kind.Int32, Kind.Guid, Kind.Date, Kind.Double, OracleType.Enum).SelectMany(kind =>
        Gen.Select(OracleValues.ForKind(kind, names, depth), OracleValues.ForKind(kind, names, 0).List[1, 4], Gen.Bool, (operand, items, hasNull) => new OracleTerm(
            $"({operand} in ({string.Join(',', items)}{(hasNull ? ",null" : "")}))",
            Kind.Boolean,
            scope => items.Exists(item => OracleNumbers.Compare("eq", operand.Value(scope), item.Value(scope))) || (hasNull && operand.Value(scope) is null))));

    private static Gen<OracleTerm> OfCollections(OracleNames names, int depth) => Gen.OneOf([.. names.Sources]).SelectMany(source =>
    {
        List<Func<Gen<OracleTerm>>> choices = [];
        foreach (var (name, read) in source.Type.Lists)
        {
            choices.Add(() => OfList(source.Prefix + name, scope => [.. read(source.Row(scope))], names, depth));
        }

        foreach (var (name, read) in source.Type.Parts)
        {
            choices.Add(() => OfItems(source.Prefix + name, OracleType.Part, scope => read(source.Row(scope)), names, depth));
        }

        foreach (var (name, type, read) in source.Type.CollectionNavigations)
        {
            choices.Add(() => OfItems(source.Prefix + name, type(), scope => read(scope.Data, source.Row(scope)), names, depth));
        }

        foreach (var (name, type, read) in source.Type.SingleNavigations)
        {
            choices.Add(() => Gen.OneOf("eq", "ne").Select(comparison => new OracleTerm(
                $"({source.Prefix}{name} {comparison} null)", Kind.Boolean, scope => read(scope.Data, source.Row(scope)) is null == (comparison == "eq"))));
            foreach (var (inner, innerType, innerRead) in type().CollectionNavigations)
            {
                choices.Add(() => OfItems($"{source.Prefix}{name}/{inner}", innerType(), scope => read(scope.Data, source.Row(scope)) is { } target ? innerRead(scope.Data, target) : [], names, depth));
            }
        }

        foreach (var (name, _, cast) in source.Type.Derived)
        {
            choices.Add(() => Gen.Const(new OracleTerm(
                source.Prefix.Length == 0 ? $"isof({name})" : $"isof({source.Prefix.TrimEnd('/')},{name})", Kind.Boolean, scope => cast(source.Row(scope)) is not null)));
        }

        foreach (var (name, type, read) in source.Type.Complex)
        {
            choices.Add(() => Gen.OneOf("eq", "ne").Select(comparison => new OracleTerm(
                $"({source.Prefix}{name} {comparison} null)", Kind.Boolean, scope => read(source.Row(scope)) is null == (comparison == "eq"))));
            foreach (var (inner, innerRead) in type.Lists)
            {
                choices.Add(() => OfList($"{source.Prefix}{name}/{inner}", scope => read(source.Row(scope)) is { } value ? [.. innerRead(value)] : [], names, depth));
            }
        }

        return choices.Count == 0 ? Comparison(names, depth) : OracleValues.Pick(choices);
    });

    private static Gen<OracleTerm> OfList(string url, Func<OracleScope, string[]> read, OracleNames names, int depth)
    {
        var variable = "t" + names.Strings.Count;
        var (first, second) = (SampleRows.Strings[2], SampleRows.Strings[6]);
        return OracleValues.Pick<OracleTerm>(
        [
            () => Gen.Const(new OracleTerm(url + "/any()", Kind.Boolean, scope => read(scope).Length > 0)),
            () => Gen.Select(Gen.Bool, Generate(names.WithString(variable), depth), (all, inner) => Lambda(all, $"{url}/", variable, inner, scope => read(scope))),
            () => Gen.Select(Gen.OneOf(Comparisons), Gen.Int[0, 2], (comparison, number) => CountCompare(url + "/$count", comparison, number, scope => read(scope))),
            () => OracleValues.ForKind(Kind.String, names, 0).Select(item => new OracleTerm($"({item} in {url})", Kind.Boolean, scope => item.Value(scope) is string text && read(scope).Contains(text))),
            () => Gen.Const(new OracleTerm($"hassubset({url},['{first}'])", Kind.Boolean, scope => read(scope).Contains(first))),
            () => Gen.Const(new OracleTerm($"({url} eq ['{first}','{second}'])", Kind.Boolean, scope => read(scope).SequenceEqual([first, second]))),
        ]);
    }

    private static Gen<OracleTerm> OfItems(string url, OracleType type, Func<OracleScope, IEnumerable<object>> read, OracleNames names, int depth)
    {
        var variable = "v" + names.Sources.Count;
        return OracleValues.Pick<OracleTerm>(
        [
            () => Gen.Const(new OracleTerm(url + "/any()", Kind.Boolean, scope => read(scope).Any())),
            () => Gen.Select(Gen.Bool, Generate(names.WithVariable(variable, type), depth), (all, inner) => Lambda(all, $"{url}/", variable, inner, read)),
            () => Gen.Select(Gen.OneOf(Comparisons), Gen.Int[0, 3], (comparison, number) => CountCompare(url + "/$count", comparison, number, read)),
        ]);
    }

    private static OracleTerm Lambda(bool all, string url, string variable, OracleTerm inner, Func<OracleScope, IEnumerable<object>> read) => new(
        $"{url}{(all ? "all" : "any")}({variable}:{inner})",
        Kind.Boolean,
        scope => all
            ? read(scope).All(item => inner.Value(scope.With(variable, item)) is true)
            : read(scope).Any(item => inner.Value(scope.With(variable, item)) is true));

    private static OracleTerm CountCompare(string url, string comparison, int number, Func<OracleScope, IEnumerable<object>> read) =>
        new($"({url} {comparison} {number})", Kind.Boolean, scope => OracleNumbers.Compare(comparison, read(scope).Count(), number));

    private static Gen<OracleTerm> GeographyConditions(OracleNames names)
    {
        var places = OracleValues.Leaves(Kind.GeographyPoint, names);
        return places.Length == 0 ? Comparison(names, 0) : OracleValues.Pick<OracleTerm>(
        [
            () => Gen.Select(Gen.OneOf(places), Gen.OneOf(Boxes), Intersects),
            () => Gen.Select(Gen.OneOf(places), Gen.OneOf(Comparisons), Gen.OneOf(Distances), DistanceCompare),
        ]);
    }

    private static OracleTerm Intersects(OracleTerm place, (string Url, double West, double South, double East, double North) box) => OracleValues.Map(
        Kind.Boolean,
        $"geo.intersects({place},geography'POLYGON(({box.Url}))')",
        place,
        (GeoPoint point) => point.Longitude >= box.West && point.Longitude <= box.East && point.Latitude >= box.South && point.Latitude <= box.North);

    private static OracleTerm DistanceCompare(OracleTerm place, string comparison, int metres) => new(
        $"(geo.distance({place},geography'POINT(17.5 60.5)') {comparison} {metres})",
        Kind.Boolean,
        scope => OracleNumbers.Compare(
            comparison, place.Value(scope) is GeoPoint point ? Geodesy.GetDistanceMetres(point, new GeoPoint(17.5, 60.5)) : null, (double)metres));
}
