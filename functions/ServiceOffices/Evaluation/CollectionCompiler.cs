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
        at >= 0 && at + part.Length <= items.Length && items.AsSpan(at, part.Length).SequenceEqual(part);

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
        return part.All(left.Remove);
    }

    private static bool IsSubsequence(object?[] items, object?[] part)
    {
        var next = 0;
        foreach (var item in items)
        {
            if (next < part.Length && Equals(item, part[next]))
            {
                next++;
            }
        }

        return next == part.Length;
    }

    private Func<int[], object?[]> Items(Expression collection)
    {
        if (collection is ListExpression list)
        {
            Func<int[], object?>[] items = [.. list.Items.Select(Boxed)];
            return scope => Array.ConvertAll(items, item => item(scope));
        }

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
            value = left(scope).AsSpan().SequenceEqual(right(scope)) != negated;
            return true;
        }
    }
}
