using System.Text.RegularExpressions;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>The canonical functions (OData 4.01 Part 2, 5.1.1.5 to 5.1.1.10).</summary>
internal sealed partial class Compiler
{
    private Node Compile(Call call)
    {
        var args = call.Arguments;
        if (args.Count > 0 && args[0].Type is CollectionType)
        {
            return OverCollections(call);
        }

        Fallible += call.Function is Function.MatchesPattern || (call.Function is Function.Substring && args.Count > 2) ? 1 : 0;
        return call.Function switch
        {
            Function.Concat => Apply<string, string, string>(args[0], args[1], static (one, two) => one + two),
            Function.Contains => Apply<string, string, bool>(args[0], args[1], static (text, part) => text.Contains(part, StringComparison.Ordinal)),
            Function.EndsWith => Apply<string, string, bool>(args[0], args[1], static (text, end) => text.EndsWith(end, StringComparison.Ordinal)),
            Function.StartsWith => Apply<string, string, bool>(args[0], args[1], static (text, start) => text.StartsWith(start, StringComparison.Ordinal)),
            Function.IndexOf => Apply<string, string, int>(args[0], args[1], Characters.IndexOf),
            Function.Length => Apply<string, int>(args[0], Characters.Length),
            Function.Substring when args.Count == 2 => new Apply<string, int, string>(
                Value<string>(args[0]), AsInt(args[1]), static (text, start) => Characters.Substring(text, start, int.MaxValue)),
            Function.Substring => new Apply<string, int, int, string>(Value<string>(args[0]), AsInt(args[1]), AsInt(args[2]), Characters.Substring),
            Function.MatchesPattern => Matches(args),
            Function.ToLower => Apply<string, string>(args[0], static text => text.ToLowerInvariant()),
            Function.ToUpper => Apply<string, string>(args[0], static text => text.ToUpperInvariant()),
            Function.Trim => Apply<string, string>(args[0], static text => text.Trim()),

            Function.Now => new Constant<DateTimeOffset>(now),
            Function.MinDateTime => new Constant<DateTimeOffset>(DateTimeOffset.MinValue),
            Function.MaxDateTime => new Constant<DateTimeOffset>(DateTimeOffset.MaxValue),
            Function.Year => OfDate(args[0], static on => on.Year),
            Function.Month => OfDate(args[0], static on => on.Month),
            Function.Day => OfDate(args[0], static on => on.Day),
            Function.Hour => OfTime(args[0], static time => time.Hour),
            Function.Minute => OfTime(args[0], static time => time.Minute),
            Function.Second => OfTime(args[0], static time => time.Second),
            Function.FractionalSeconds => OfTime(args[0], static time => time.Ticks % TimeSpan.TicksPerSecond / (decimal)TimeSpan.TicksPerSecond),
            Function.Date => Convert(args[0], PrimitiveType.Date),
            Function.Time => Convert(args[0], PrimitiveType.TimeOfDay),
            Function.TotalOffsetMinutes => Apply<DateTimeOffset, int>(args[0], static at => (int)at.Offset.TotalMinutes),
            Function.TotalSeconds => Apply<TimeSpan, decimal>(args[0], static duration => duration.Ticks / (decimal)TimeSpan.TicksPerSecond),

            Function.Round => Rounded(call, static value => Math.Round(value, MidpointRounding.AwayFromZero), static value => Math.Round(value, MidpointRounding.AwayFromZero)),
            Function.Floor => Rounded(call, Math.Floor, Math.Floor),
            Function.Ceiling => Rounded(call, Math.Ceiling, Math.Ceiling),

            Function.GeoDistance => Apply<GeoPoint, GeoPoint, double>(args[0], args[1], Geodesy.DistanceMetres),
            Function.GeoIntersects => Apply<GeoPoint, Geometry, bool>(args[0], args[1], static (point, area) => area.Contains(point)),
            Function.GeoLength => Apply<Geometry, double>(args[0], static line => line.LengthMetres()),
            _ => throw Unsupported(call),
        };
    }

    private Apply<TIn, TOut> Apply<TIn, TOut>(Expression operand, Func<TIn, TOut> function) => new(Value<TIn>(operand), function);

    private Apply<TFirst, TSecond, TOut> Apply<TFirst, TSecond, TOut>(Expression first, Expression second, Func<TFirst, TSecond, TOut> function) =>
        new(Value<TFirst>(first), Value<TSecond>(second), function);

    private Node<int> AsInt(Expression operand) => (Node<int>)Convert(operand, PrimitiveType.Int32);

    private Apply<DateOnly, int> OfDate(Expression operand, Func<DateOnly, int> part) =>
        new((Node<DateOnly>)Convert(operand, PrimitiveType.Date), part);

    private Apply<TimeOnly, TOut> OfTime<TOut>(Expression operand, Func<TimeOnly, TOut> part) =>
        new((Node<TimeOnly>)Convert(operand, PrimitiveType.TimeOfDay), part);

    private Node Rounded(Call call, Func<decimal, decimal> exact, Func<double, double> floating)
    {
        var operand = call.Arguments[0];
        return IsNull(operand) ? Convert(operand, call.ResultType!) : KindOf(operand) switch
        {
            PrimitiveKind.Decimal => Apply(operand, exact),
            PrimitiveKind.Double => Apply(operand, floating),
            PrimitiveKind.Single => Apply<float, float>(operand, value => (float)floating(value)),
            // A whole number is its own; the parser may have left its type or widened the result's.
            _ => Convert(operand, call.ResultType!),
        };
    }

    private Node<bool> Matches(IReadOnlyList<Expression> args)
    {
        if (IsNull(args[1]))
        {
            return new Null<bool>();
        }

        if (args[1] is not Literal { Value: string pattern })
        {
            throw new QueryException(501, "NotSupported", "The pattern of matchesPattern must be a string literal; one that depends on the row is not supported.");
        }

        try
        {
            // Backtracking patterns can take exponential time; the non-backtracking engine is linear in the value.
            var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromMilliseconds(limits.RegexTimeoutMilliseconds));
            return Apply<string, bool>(args[0], text => IsMatch(regex, text));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new QueryException(400, "InvalidPattern",
                $"The pattern of matchesPattern must be a regular expression without look-around and back-references; got '{pattern}'.");
        }
    }

    private static bool IsMatch(Regex regex, string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new QueryException(400, "LimitExceeded",
                $"The pattern of matchesPattern takes longer than {e.MatchTimeout.TotalMilliseconds} ms on one value (RegexTimeoutMilliseconds); a simpler one is needed.");
        }
    }
}
