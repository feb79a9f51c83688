using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Functions and equality over whole collections, compared item by item (OData 4.01 Part 2, 5.1.1.5 and 5.1.1.6). Rare, so kept simple: items are objects.</summary>
internal sealed partial class Compiler
{
    private Node OverCollections(Call call)
    {
        var first = Items(call.Arguments[0]);
        var second = call.Arguments.Count > 1 && call.Arguments[1].Type is CollectionType ? Items(call.Arguments[1]) : null;
        return call.Function switch
        {
            Function.Length => new ListNode<int>(first, null, static (items, _) => items.Length),
            Function.Contains => new ListNode<bool>(first, second, static (items, part) => IndexOf(items, part) >= 0),
            Function.StartsWith => new ListNode<bool>(first, second, static (items, part) => StartsAt(items, part, 0)),
            Function.EndsWith => new ListNode<bool>(first, second, static (items, part) => StartsAt(items, part, items.Length - part.Length)),
            Function.IndexOf => new ListNode<int>(first, second, static (items, part) => IndexOf(items, part)),
            Function.HasSubset => new ListNode<bool>(first, second, static (items, part) => IsSubset(items, part)),
            Function.HasSubsequence => new ListNode<bool>(first, second, static (items, part) => IsSubsequence(items, part)),
            _ => throw Unsupported(call),
        };
    }

    private static bool StartsAt(object?[] items, object?[] part, int at) =>
        at >= 0 && at + part.Length <= items.Length && AreEqual(items.AsSpan(at, part.Length), part);

    private static int IndexOf(object?[] items, object?[] part)
    {
        for (var at = 0; at + part.Length <= items.Length; at++)
        {
            if (StartsAt(items, part, at))
            {
                return at;
            }
        }

        return -1;
    }

    // An item that occurs twice in the part must occur twice (5.1.1.6.1).
    private static bool IsSubset(object?[] items, object?[] part)
    {
        var left = items.ToList();
        return part.All(wanted =>
        {
            var found = left.FindIndex(item => AreEqual(item, wanted));
            if (found >= 0)
            {
                left.RemoveAt(found);
            }

            return found >= 0;
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
        (byte[] one, byte[] two) => one.AsSpan().SequenceEqual(two),
        _ => Equals(left, right),
    };

    private Func<int[], object?[]> Items(Expression collection)
    {
        switch (collection)
        {
            case ListExpression list:
                Func<int[], object?>[] values = [.. list.Items.Select(Boxed)];
                return scope => Array.ConvertAll(values, value => value(scope));
            case Call { Function: Function.Concat } both:
                var (one, two) = (Items(both.Arguments[0]), Items(both.Arguments[1]));
                return scope => [.. one(scope), .. two(scope)];
            case Call { Function: Function.Substring } slice:
                return Sliced(slice);
            case Cast { Target: CollectionType { Element: var element } } cast:
                var items = Items(cast.Operand);
                return scope => Array.ConvertAll(items(scope), item => Converted(item, element));
            default:
                return ItemsOfRun(collection);
        }
    }

    private Func<int[], object?[]> Sliced(Call slice)
    {
        Fallible++;
        var (items, start) = (Items(slice.Arguments[0]), AsInt(slice.Arguments[1]));
        var length = slice.Arguments.Count > 2 ? AsInt(slice.Arguments[2]) : null;
        return scope =>
        {
            var all = items(scope);
            var most = all.Length;
            if (!start.TryGet(scope, out var from) || (length is not null && !length.TryGet(scope, out most)))
            {
                return [];
            }

            var (skipped, taken) = Slice.Of(all.Length, from, most);
            return all.AsSpan(skipped, taken).ToArray();
        };
    }

    // Collections are cast item by item (5.1.1.10.1).
    private static object? Converted(object? item, DataType target) => (item, target) switch
    {
        (string text, _) when target is not PrimitiveType { Kind: PrimitiveKind.String } => LiteralReader.TryRead(text, target, out var value) ? value : null,
        (DateOnly on, PrimitiveType { Kind: PrimitiveKind.DateTimeOffset }) => new DateTimeOffset(on, default, TimeSpan.Zero),
        (not null, PrimitiveType { IsNumeric: true } number) => Numbers.Convert(item, number.Kind),
        _ => item,
    };

    private Func<int[], object?[]> ItemsOfRun(Expression collection)
    {
        var run = Run(collection);
        if (run.Table.Type.IsEntity || run.Table.Type.Find(CollectionColumn.ItemName) is null)
        {
            throw Unsupported(collection);
        }

        var column = (ValueColumn)run.Table[CollectionColumn.ItemName];
        return scope =>
        {
            var rows = run.Rows(scope);
            var values = new object?[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = column.Boxed(rows[i]);
            }

            return values;
        };
    }

    private Func<int[], object?> Boxed(Expression expression) =>
        IsNull(expression) ? static _ => null : ByKind.Do(expression.Type!, new Boxes(this, expression));

    private readonly record struct Boxes(Compiler Compiler, Expression Expression) : ByKind.IWork<Func<int[], object?>>
    {
        public Func<int[], object?> Do<T>()
        {
            var node = Compiler.Value<T>(Expression);
            return scope => node.TryGet(scope, out var value) ? value : null;
        }
    }

    private sealed class ListNode<T>(Func<int[], object?[]> first, Func<int[], object?[]>? second, Func<object?[], object?[], T> function) : Node<T>
    {
        public override bool TryGet(int[] scope, out T value)
        {
            value = function(first(scope), second?.Invoke(scope) ?? []);
            return true;
        }
    }

    private sealed class EqualListsNode(Func<int[], object?[]> left, Func<int[], object?[]> right, bool negated) : Node<bool>
    {
        public override bool TryGet(int[] scope, out bool value)
        {
            value = AreEqual(left(scope), right(scope)) != negated;
            return true;
        }
    }
}
