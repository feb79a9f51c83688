using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;
using Kind = ODataEngine.Model.PrimitiveKind;

namespace ODataEngine.Parsing.Expressions;

/// <summary>The canonical functions and their overloads (OData 4.01 Part 2, 5.1.1.5 to 5.1.1.11).</summary>
internal static class CanonicalFunctions
{
    private static readonly FrozenDictionary<string, Overload[]> ByName = new (string Name, Overload Overload)[]
    {
        ("concat", new(CanonicalFunction.Concat, Kind.String, Kind.String, Kind.String)),
        ("contains", new(CanonicalFunction.Contains, Kind.Boolean, Kind.String, Kind.String)),
        ("endswith", new(CanonicalFunction.EndsWith, Kind.Boolean, Kind.String, Kind.String)),
        ("indexof", new(CanonicalFunction.IndexOf, Kind.Int32, Kind.String, Kind.String)),
        ("length", new(CanonicalFunction.Length, Kind.Int32, Kind.String)),
        ("startswith", new(CanonicalFunction.StartsWith, Kind.Boolean, Kind.String, Kind.String)),
        ("substring", new(CanonicalFunction.Substring, Kind.String, Kind.String, Kind.Int32)),
        ("substring", new(CanonicalFunction.Substring, Kind.String, Kind.String, Kind.Int32, Kind.Int32)),
        ("hassubset", new(CanonicalFunction.HasSubset, Kind.Boolean) { CollectionsOnly = true }),
        ("hassubsequence", new(CanonicalFunction.HasSubsequence, Kind.Boolean) { CollectionsOnly = true }),
        ("matchespattern", new(CanonicalFunction.MatchesPattern, Kind.Boolean, Kind.String, Kind.String)),
        ("tolower", new(CanonicalFunction.ToLower, Kind.String, Kind.String)),
        ("toupper", new(CanonicalFunction.ToUpper, Kind.String, Kind.String)),
        ("trim", new(CanonicalFunction.Trim, Kind.String, Kind.String)),
        ("date", new(CanonicalFunction.Date, Kind.Date, Kind.DateTimeOffset)),
        ("day", new(CanonicalFunction.Day, Kind.Int32, Kind.Date)),
        ("day", new(CanonicalFunction.Day, Kind.Int32, Kind.DateTimeOffset)),
        ("fractionalseconds", new(CanonicalFunction.FractionalSeconds, Kind.Decimal, Kind.DateTimeOffset)),
        ("fractionalseconds", new(CanonicalFunction.FractionalSeconds, Kind.Decimal, Kind.TimeOfDay)),
        ("hour", new(CanonicalFunction.Hour, Kind.Int32, Kind.DateTimeOffset)),
        ("hour", new(CanonicalFunction.Hour, Kind.Int32, Kind.TimeOfDay)),
        ("maxdatetime", new(CanonicalFunction.MaxDateTime, Kind.DateTimeOffset)),
        ("mindatetime", new(CanonicalFunction.MinDateTime, Kind.DateTimeOffset)),
        ("minute", new(CanonicalFunction.Minute, Kind.Int32, Kind.DateTimeOffset)),
        ("minute", new(CanonicalFunction.Minute, Kind.Int32, Kind.TimeOfDay)),
        ("month", new(CanonicalFunction.Month, Kind.Int32, Kind.Date)),
        ("month", new(CanonicalFunction.Month, Kind.Int32, Kind.DateTimeOffset)),
        ("now", new(CanonicalFunction.Now, Kind.DateTimeOffset)),
        ("second", new(CanonicalFunction.Second, Kind.Int32, Kind.DateTimeOffset)),
        ("second", new(CanonicalFunction.Second, Kind.Int32, Kind.TimeOfDay)),
        ("time", new(CanonicalFunction.Time, Kind.TimeOfDay, Kind.DateTimeOffset)),
        ("totaloffsetminutes", new(CanonicalFunction.TotalOffsetMinutes, Kind.Int32, Kind.DateTimeOffset)),
        ("totalseconds", new(CanonicalFunction.TotalSeconds, Kind.Decimal, Kind.Duration)),
        ("year", new(CanonicalFunction.Year, Kind.Int32, Kind.Date)),
        ("year", new(CanonicalFunction.Year, Kind.Int32, Kind.DateTimeOffset)),
        ("ceiling", new(CanonicalFunction.Ceiling, Kind.Decimal, Kind.Decimal)),
        ("ceiling", new(CanonicalFunction.Ceiling, Kind.Double, Kind.Double)),
        ("floor", new(CanonicalFunction.Floor, Kind.Decimal, Kind.Decimal)),
        ("floor", new(CanonicalFunction.Floor, Kind.Double, Kind.Double)),
        ("round", new(CanonicalFunction.Round, Kind.Decimal, Kind.Decimal)),
        ("round", new(CanonicalFunction.Round, Kind.Double, Kind.Double)),
        ("geo.distance", new(CanonicalFunction.GeoDistance, Kind.Double, Kind.GeographyPoint, Kind.GeographyPoint)),
        ("geo.intersects", new(CanonicalFunction.GeoIntersects, Kind.Boolean, Kind.GeographyPoint, Kind.GeographyPolygon)),
        ("geo.length", new(CanonicalFunction.GeoLength, Kind.Double, Kind.GeographyLineString)),
    }.GroupBy(row => row.Name, row => row.Overload).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Overload[]>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    /// <summary>Gets the overloads of a function by its name, ignoring case; null if there are none.</summary>
    public static Overload[]? Find(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var overloads) ? overloads : null;

    /// <summary>Creates the call of the first matching overload, with its arguments converted; null if none matches.</summary>
    public static Expression? Bind(Overload[] overloads, Expression[] arguments)
    {
        var call = FindOverload(overloads, arguments);

        // 5.1.1.4: every function of null is null, but has a type.
        return call is not null && Array.Exists(arguments, TypeRules.IsNull) ? new CastExpression(TypeRules.NullLiteral, call.Type!) : call;
    }

    private static FunctionCall? FindOverload(Overload[] overloads, Expression[] arguments)
    {
        if (arguments.Length > 0 && arguments[0].Type is CollectionType)
        {
            return BindCollections(overloads[0].Function, arguments);
        }

        // First without any conversion, so that year(DateTimeOffset) does not match year(Date) or vice versa.
        return BindScalars(overloads, arguments, exact: true) ?? BindScalars(overloads, arguments, exact: false);
    }

    private static FunctionCall? BindScalars(Overload[] overloads, Expression[] arguments, bool exact)
    {
        foreach (var overload in overloads)
        {
            if (!overload.CollectionsOnly && overload.Parameters.Length == arguments.Length && TryConvertArguments(overload, arguments, exact, out var fitted))
            {
                return new FunctionCall(overload.Function, fitted, PrimitiveType.Get(overload.Result));
            }
        }

        return null;
    }

    private static bool TryConvertArguments(Overload overload, Expression[] arguments, bool exact, out Expression[] convertedArguments)
    {
        convertedArguments = arguments;
        for (var i = 0; i < arguments.Length; i++)
        {
            var target = PrimitiveType.Get(overload.Parameters[i]);
            if (TypeRules.IsNull(arguments[i]) || ReferenceEquals(arguments[i].Type, target))
            {
                continue;
            }

            if (exact || !TryConvertArgument(arguments[i], target, out var converted))
            {
                return false;
            }

            convertedArguments = ReferenceEquals(convertedArguments, arguments) ? [.. arguments] : convertedArguments;
            convertedArguments[i] = converted;
        }

        return true;
    }

    // A position can be the result of arithmetic, whose type is Int64; one that is out of range is null.
    private static bool TryConvertArgument(Expression argument, PrimitiveType target, [NotNullWhen(true)] out Expression? converted)
    {
        if (target.Kind == Kind.Int32 && argument is BinaryExpression && argument.Is(Kind.Int64))
        {
            converted = new CastExpression(argument, target);
            return true;
        }

        return TypeRules.TryConvert(argument, target, out converted);
    }

    // The overloads over collections (5.1.1.5 and 5.1.1.6); the function determines which ones exist.
    private static FunctionCall? BindCollections(CanonicalFunction function, Expression[] arguments)
    {
        var type = (CollectionType)arguments[0].Type!;
        switch (function)
        {
            case CanonicalFunction.Length when arguments.Length == 1:
                return new FunctionCall(function, arguments, PrimitiveType.Int32);
            case CanonicalFunction.Substring when arguments.Length is 2 or 3:
                for (var i = 1; i < arguments.Length; i++)
                {
                    if (!TryConvertArgument(arguments[i], PrimitiveType.Int32, out var number))
                    {
                        return null;
                    }

                    arguments[i] = number;
                }

                return new FunctionCall(function, arguments, type);
            case CanonicalFunction.Concat or CanonicalFunction.Contains or CanonicalFunction.EndsWith or CanonicalFunction.StartsWith or CanonicalFunction.IndexOf
                or CanonicalFunction.HasSubset or CanonicalFunction.HasSubsequence when arguments.Length == 2:
                if (!TypeRules.TryAlignTypes(ref arguments[0], ref arguments[1]))
                {
                    return null;
                }

                return new FunctionCall(function, arguments, function switch
                {
                    CanonicalFunction.Concat => arguments[0].Type,
                    CanonicalFunction.IndexOf => PrimitiveType.Int32,
                    _ => PrimitiveType.Boolean,
                });
            default:
                return null;
        }
    }

    /// <summary>Formats the signatures: <c>year(Edm.Date) or year(Edm.DateTimeOffset)</c>.</summary>
    public static string Describe(string name, Overload[] overloads) => string.Join(" or ", overloads.Select(overload =>
        overload.CollectionsOnly
            ? $"{name}(Collection,Collection)"
            : $"{name}({string.Join(',', overload.Parameters.Select(kind => "Edm." + kind))})"));

    /// <summary>An overload of a function.</summary>
    internal sealed class Overload(CanonicalFunction function, Kind result, params Kind[] parameters)
    {
        public CanonicalFunction Function { get; } = function;

        public Kind Result { get; } = result;

        public Kind[] Parameters { get; } = parameters;

        /// <summary>Gets whether both parameters are collections of the same type.</summary>
        public bool CollectionsOnly { get; init; }
    }
}
