using System.Text.RegularExpressions;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Compilation;

/// <summary>Compiles the canonical functions over single values (OData 4.01 Part 2, 5.1.1.5 to 5.1.1.11).</summary>
internal sealed class FunctionCompiler(ExpressionCompiler compiler)
{
    public Node Compile(FunctionCall call)
    {
        var args = call.Arguments;
        if (call.Function is CanonicalFunction.MatchesPattern || (call.Function is CanonicalFunction.Substring && args.Count > 2))
        {
            compiler.CountFallibleNode();
        }

        return call.Function switch
        {
            CanonicalFunction.Concat => new ConcatStringsNode(compiler.CompileValue<string>(args[0]), compiler.CompileValue<string>(args[1])),
            CanonicalFunction.Contains => CreateFunction<string, string, bool>(args[0], args[1], static (text, part) => text.Contains(part, StringComparison.Ordinal)),
            CanonicalFunction.EndsWith => CreateFunction<string, string, bool>(args[0], args[1], static (text, end) => text.EndsWith(end, StringComparison.Ordinal)),
            CanonicalFunction.StartsWith => CreateFunction<string, string, bool>(args[0], args[1], static (text, start) => text.StartsWith(start, StringComparison.Ordinal)),
            CanonicalFunction.IndexOf => CreateFunction<string, string, int>(args[0], args[1], CodePoints.IndexOf),
            CanonicalFunction.Length => CreateFunction<string, int>(args[0], CodePoints.Length),
            CanonicalFunction.Substring when args.Count == 2 => new FunctionNode<string, int, string>(
                compiler.CompileValue<string>(args[0]), compiler.CompileAsInt32(args[1]), static (text, start) => CodePoints.Substring(text, start, int.MaxValue)),
            CanonicalFunction.Substring => new FunctionNode<string, int, int, string>(compiler.CompileValue<string>(args[0]), compiler.CompileAsInt32(args[1]), compiler.CompileAsInt32(args[2]), CodePoints.Substring),
            CanonicalFunction.MatchesPattern => CompileMatchesPattern(args),
            CanonicalFunction.ToLower => CreateFunction<string, string>(args[0], static text => text.ToLowerInvariant()),
            CanonicalFunction.ToUpper => CreateFunction<string, string>(args[0], static text => text.ToUpperInvariant()),
            CanonicalFunction.Trim => CreateFunction<string, string>(args[0], static text => text.Trim()),

            CanonicalFunction.Now => new ConstantNode<DateTimeOffset>(compiler.Now),
            CanonicalFunction.MinDateTime => new ConstantNode<DateTimeOffset>(DateTimeOffset.MinValue),
            CanonicalFunction.MaxDateTime => new ConstantNode<DateTimeOffset>(DateTimeOffset.MaxValue),
            CanonicalFunction.Year => CompileDatePart(args[0], static date => date.Year),
            CanonicalFunction.Month => CompileDatePart(args[0], static date => date.Month),
            CanonicalFunction.Day => CompileDatePart(args[0], static date => date.Day),
            CanonicalFunction.Hour => CompileTimePart(args[0], static time => time.Hour),
            CanonicalFunction.Minute => CompileTimePart(args[0], static time => time.Minute),
            CanonicalFunction.Second => CompileTimePart(args[0], static time => time.Second),
            CanonicalFunction.FractionalSeconds => CompileTimePart(args[0], static time => time.Ticks % TimeSpan.TicksPerSecond / (decimal)TimeSpan.TicksPerSecond),
            CanonicalFunction.Date => compiler.CompileConversion(args[0], PrimitiveType.Date),
            CanonicalFunction.Time => compiler.CompileConversion(args[0], PrimitiveType.TimeOfDay),
            CanonicalFunction.TotalOffsetMinutes => CreateFunction<DateTimeOffset, int>(args[0], static time => (int)time.Offset.TotalMinutes),
            CanonicalFunction.TotalSeconds => CreateFunction<TimeSpan, decimal>(args[0], static duration => duration.Ticks / (decimal)TimeSpan.TicksPerSecond),

            CanonicalFunction.Round => CompileRounding(call, static value => Math.Round(value, MidpointRounding.AwayFromZero), static value => Math.Round(value, MidpointRounding.AwayFromZero)),
            CanonicalFunction.Floor => CompileRounding(call, Math.Floor, Math.Floor),
            CanonicalFunction.Ceiling => CompileRounding(call, Math.Ceiling, Math.Ceiling),

            CanonicalFunction.GeoDistance => CreateFunction<GeoPoint, GeoPoint, double>(args[0], args[1], Geodesy.GetDistanceMetres),
            CanonicalFunction.GeoIntersects => CreateFunction<GeoPoint, Geometry, bool>(args[0], args[1], static (point, area) => area.Contains(point)),
            CanonicalFunction.GeoLength => CreateFunction<Geometry, double>(args[0], static line => line.GetLengthMetres()),
            _ => throw ExpressionCompiler.Unsupported(call),
        };
    }

    private FunctionNode<TIn, TOut> CreateFunction<TIn, TOut>(Expression operand, Func<TIn, TOut> function) => new(compiler.CompileValue<TIn>(operand), function);

    private FunctionNode<TFirst, TSecond, TOut> CreateFunction<TFirst, TSecond, TOut>(Expression first, Expression second, Func<TFirst, TSecond, TOut> function) =>
        new(compiler.CompileValue<TFirst>(first), compiler.CompileValue<TSecond>(second), function);

    private FunctionNode<DateOnly, int> CompileDatePart(Expression operand, Func<DateOnly, int> part) =>
        new((Node<DateOnly>)compiler.CompileConversion(operand, PrimitiveType.Date), part);

    private FunctionNode<TimeOnly, TOut> CompileTimePart<TOut>(Expression operand, Func<TimeOnly, TOut> part) =>
        new((Node<TimeOnly>)compiler.CompileConversion(operand, PrimitiveType.TimeOfDay), part);

    private Node CompileRounding(FunctionCall call, Func<decimal, decimal> exact, Func<double, double> floating)
    {
        var operand = call.Arguments[0];
        return ExpressionCompiler.IsNull(operand) ? compiler.CompileConversion(operand, call.ResultType!) : ExpressionCompiler.GetKind(operand) switch
        {
            PrimitiveKind.Decimal => CreateFunction(operand, exact),
            PrimitiveKind.Double => CreateFunction(operand, floating),
            PrimitiveKind.Single => CreateFunction<float, float>(operand, value => (float)floating(value)),
            // A whole number rounds to itself; the parser may have kept its type or widened the type of the result.
            _ => compiler.CompileConversion(operand, call.ResultType!),
        };
    }

    private Node<bool> CompileMatchesPattern(IReadOnlyList<Expression> args)
    {
        if (ExpressionCompiler.IsNull(args[1]))
        {
            return new NullNode<bool>();
        }

        if (args[1] is not Literal { Value: string pattern })
        {
            throw ODataErrors.NotSupported("The pattern of matchesPattern must be a string literal; one that depends on the row is not supported.");
        }

        try
        {
            // Backtracking patterns can take exponential time; the non-backtracking engine is linear in the value.
            var regex = new Regex(EcmaScriptPattern.Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromMilliseconds(compiler.Limits.RegexTimeoutMilliseconds));
            return CreateFunction<string, bool>(args[0], text => IsMatch(regex, text));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ODataRequestException(400, ODataErrorCodes.InvalidPattern,
                $"The pattern of matchesPattern must be a regular expression without look-around and back-references; got '{pattern}'.");
        }
    }

    private static bool IsMatch(Regex regex, string value)
    {
        try
        {
            return regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw ODataErrors.LimitExceeded(
                $"The pattern of matchesPattern takes longer than {e.MatchTimeout.TotalMilliseconds} ms on one value (RegexTimeoutMilliseconds); a simpler one is needed.");
        }
    }
}
