using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Compilation;

/// <summary>
/// Compiles functions and equality over whole collections, compared item by item (OData 4.01 Part 2, 5.1.1.5 and 5.1.1.6). They are rare, so
/// simplicity wins over speed: items are boxed.
/// </summary>
internal sealed class CollectionFunctionCompiler(ExpressionCompiler compiler)
{
    public Node Compile(FunctionCall call)
    {
        var first = CompileItems(call.Arguments[0]);
        var second = call.Arguments.Count > 1 && call.Arguments[1].Type is CollectionType ? CompileItems(call.Arguments[1]) : null;
        return call.Function switch
        {
            CanonicalFunction.Length => new CollectionFunctionNode<int>(first, null, static (items, _) => items.Length),
            CanonicalFunction.Contains => new CollectionFunctionNode<bool>(first, second, static (items, part) => FindSubsequence(items, part) >= 0),
            CanonicalFunction.StartsWith => new CollectionFunctionNode<bool>(first, second, static (items, part) => MatchesAt(items, part, 0)),
            CanonicalFunction.EndsWith => new CollectionFunctionNode<bool>(first, second, static (items, part) => MatchesAt(items, part, items.Length - part.Length)),
            CanonicalFunction.IndexOf => new CollectionFunctionNode<int>(first, second, static (items, part) => FindSubsequence(items, part)),
            CanonicalFunction.HasSubset => new CollectionFunctionNode<bool>(first, second, static (items, part) => IsSubset(items, part)),
            CanonicalFunction.HasSubsequence => new CollectionFunctionNode<bool>(first, second, static (items, part) => IsSubsequence(items, part)),
            _ => throw ExpressionCompiler.Unsupported(call),
        };
    }

    public Node CompileEquality(Expression left, Expression right, bool negated) => new CollectionEqualityNode(CompileItems(left), CompileItems(right), negated);

    private static bool MatchesAt(object?[] items, object?[] part, int index) =>
        index >= 0 && index + part.Length <= items.Length && AreEqual(items.AsSpan(index, part.Length), part);

    private static int FindSubsequence(object?[] items, object?[] part)
    {
        for (var index = 0; index + part.Length <= items.Length; index++)
        {
            if (MatchesAt(items, part, index))
            {
                return index;
            }
        }

        return -1;
    }

    // An item that occurs twice in the part must occur twice (5.1.1.6.1).
    private static bool IsSubset(object?[] items, object?[] part)
    {
        var unmatched = items.ToList();
        return part.All(required =>
        {
            var index = unmatched.FindIndex(item => AreEqual(item, required));
            if (index >= 0)
            {
                unmatched.RemoveAt(index);
            }

            return index >= 0;
        });
    }

    private static bool IsSubsequence(object?[] items, object?[] part)
    {
        var next = 0;
        foreach (var item in items)
        {
            if (next < part.Length && AreEqual(item, part[next]))
            {
                next++;
            }
        }

        return next == part.Length;
    }

    private static bool AreEqual(ReadOnlySpan<object?> left, ReadOnlySpan<object?> right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (i >= right.Length || !AreEqual(left[i], right[i]))
            {
                return false;
            }
        }

        return left.Length == right.Length;
    }

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (double or float, _) => Equals(left, right) && !left.Equals(double.NaN) && !left.Equals(float.NaN),
        (byte[] leftBytes, byte[] rightBytes) => leftBytes.AsSpan().SequenceEqual(rightBytes),
        _ => Equals(left, right),
    };

    private Func<EvaluationContext, object?[]> CompileItems(Expression collection)
    {
        switch (collection)
        {
            case ListExpression list:
                Func<EvaluationContext, object?>[] values = [.. list.Items.Select(CompileBoxed)];
                return context => Array.ConvertAll(values, value => value(context));
            case FunctionCall { Function: CanonicalFunction.Concat } concat:
                var (first, second) = (CompileItems(concat.Arguments[0]), CompileItems(concat.Arguments[1]));
                return context => [.. first(context), .. second(context)];
            case FunctionCall { Function: CanonicalFunction.Substring } slice:
                return CompileSlice(slice);
            case CastExpression { Target: CollectionType { Element: var element } } cast:
                var items = CompileItems(cast.Operand);
                return context => Array.ConvertAll(items(context), item => ConvertItem(item, element));
            default:
                return CompileCollectionItems(collection);
        }
    }

    private Func<EvaluationContext, object?[]> CompileSlice(FunctionCall slice)
    {
        compiler.CountFallibleNode();
        var (items, start) = (CompileItems(slice.Arguments[0]), compiler.CompileAsInt32(slice.Arguments[1]));
        var length = slice.Arguments.Count > 2 ? compiler.CompileAsInt32(slice.Arguments[2]) : null;
        return context =>
        {
            var all = items(context);
            var maxCount = all.Length;
            if (!start.TryGet(context, out var from) || (length is not null && !length.TryGet(context, out maxCount)))
            {
                return [];
            }

            var (skipCount, takeCount) = SubstringRange.Get(all.Length, from, maxCount);
            return all.AsSpan(skipCount, takeCount).ToArray();
        };
    }

    // Collections are cast item by item (5.1.1.10.1).
    private static object? ConvertItem(object? item, DataType target) => (item, target) switch
    {
        (string text, _) when target is not PrimitiveType { Kind: PrimitiveKind.String } => LiteralReader.TryRead(text, target, out var value) ? value : null,
        (DateOnly on, PrimitiveType { Kind: PrimitiveKind.DateTimeOffset }) => new DateTimeOffset(on, default, TimeSpan.Zero),
        (not null, PrimitiveType { IsNumeric: true } number) => NumericConversion.Convert(item, number.Kind),
        _ => item,
    };

    private Func<EvaluationContext, object?[]> CompileCollectionItems(Expression collection)
    {
        var collectionNode = compiler.CompileCollection(collection);
        if (collectionNode.Table.Type.IsEntity || collectionNode.Table.Type.Find(CollectionColumn.ItemName) is null)
        {
            throw ExpressionCompiler.Unsupported(collection);
        }

        var column = (ValueColumn)collectionNode.Table[CollectionColumn.ItemName];
        return context =>
        {
            var rows = collectionNode.GetRows(context);
            var values = new object?[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = column.GetBoxedValue(rows[i]);
            }

            return values;
        };
    }

    private Func<EvaluationContext, object?> CompileBoxed(Expression expression) =>
        ExpressionCompiler.IsNull(expression) ? static _ => null : TypeDispatcher.Dispatch(expression.Type!, new BoxOperation(compiler, expression));

    private readonly record struct BoxOperation(ExpressionCompiler Compiler, Expression Expression) : TypeDispatcher.ITypedOperation<Func<EvaluationContext, object?>>
    {
        public Func<EvaluationContext, object?> Invoke<T>()
        {
            var node = Compiler.CompileValue<T>(Expression);
            return context => node.TryGet(context, out var value) ? value : null;
        }
    }

    private sealed class CollectionFunctionNode<T>(Func<EvaluationContext, object?[]> first, Func<EvaluationContext, object?[]>? second, Func<object?[], object?[], T> function) : Node<T>
    {
        public override bool TryGet(EvaluationContext context, out T value)
        {
            value = function(first(context), second?.Invoke(context) ?? []);
            return true;
        }
    }

    private sealed class CollectionEqualityNode(Func<EvaluationContext, object?[]> left, Func<EvaluationContext, object?[]> right, bool negated) : Node<bool>
    {
        public override bool TryGet(EvaluationContext context, out bool value)
        {
            value = AreEqual(left(context), right(context)) != negated;
            return true;
        }
    }
}
