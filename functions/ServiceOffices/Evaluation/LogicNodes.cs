using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

// The nodes that give a Boolean, read together: they share this file.
// Three-valued logic and null comparison are OData 4.01 Part 2, 5.1.1.1.

internal sealed class AndNode(Node<bool> left, Node<bool> right) : Node<bool>
{
    public Node<bool> Left { get; } = left;

    public Node<bool> Right { get; } = right;

    public override bool TryGet(int[] scope, out bool value)
    {
        var leftKnown = Left.TryGet(scope, out var leftValue);
        value = false;
        if (leftKnown && !leftValue)
        {
            return true;
        }

        var rightKnown = Right.TryGet(scope, out var rightValue);
        if (rightKnown && !rightValue)
        {
            return true;
        }

        value = true;
        return leftKnown && rightKnown;
    }
}

internal sealed class OrNode(Node<bool> left, Node<bool> right) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        var leftKnown = left.TryGet(scope, out var leftValue);
        value = true;
        if (leftKnown && leftValue)
        {
            return true;
        }

        var rightKnown = right.TryGet(scope, out var rightValue);
        if (rightKnown && rightValue)
        {
            return true;
        }

        value = false;
        return leftKnown && rightKnown;
    }
}

internal sealed class NotNode(Node<bool> operand) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        var known = operand.TryGet(scope, out var held);
        value = !held;
        return known;
    }
}

/// <summary>eq and ne: null equals null and nothing else; the outcome is never null.</summary>
internal sealed class EqualNode<T>(Node<T> left, Node<T> right, bool negated) : Node<bool>
{
    public Node<T> Left { get; } = left;

    public Node<T> Right { get; } = right;

    public bool Negated { get; } = negated;

    public override bool TryGet(int[] scope, out bool value)
    {
        var leftKnown = Left.TryGet(scope, out var leftValue);
        var rightKnown = Right.TryGet(scope, out var rightValue);
        var same = leftKnown == rightKnown && (!leftKnown || ValueOrder<T>.Equal(leftValue, rightValue));
        value = same != Negated;
        return true;
    }
}

/// <summary>gt, ge, lt and le: false where an operand is null.</summary>
internal sealed class CompareNode<T>(BinaryOperator comparison, Node<T> left, Node<T> right) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        value = left.TryGet(scope, out var leftValue) && right.TryGet(scope, out var rightValue) && Holds(leftValue, rightValue);
        return true;
    }

    private bool Holds(T leftValue, T rightValue)
    {
        // IEEE 754: NaN is in no order with anything, which Compare does not say.
        if (ValueOrder<T>.IsNaN(leftValue) || ValueOrder<T>.IsNaN(rightValue))
        {
            return false;
        }

        var order = ValueOrder<T>.Compare(leftValue, rightValue);
        return comparison switch
        {
            BinaryOperator.Gt => order > 0,
            BinaryOperator.Ge => order >= 0,
            BinaryOperator.Lt => order < 0,
            _ => order <= 0,
        };
    }
}

/// <summary>Whether a primitive value is null.</summary>
internal sealed class IsNullNode<T>(Node<T> operand, bool negated) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        value = !operand.TryGet(scope, out _) != negated;
        return true;
    }
}

/// <summary>Whether a structured value is null.</summary>
internal sealed class IsNullRowNode(RowNode operand, bool negated) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        value = operand.Row(scope) < 0 != negated;
        return true;
    }
}

/// <summary>Whether two structured values are equal: an entity by identity, a complex value by its properties.</summary>
internal sealed class EqualRowsNode(RowNode left, RowNode right, bool negated) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        var (leftRow, rightRow) = (left.Row(scope), right.Row(scope));
        var same = leftRow < 0 || rightRow < 0
            ? leftRow < 0 && rightRow < 0
            : AreEqual(left.Table, leftRow, right.Table, rightRow);
        value = same != negated;
        return true;
    }

    public static bool AreEqual(Table table, int row, Table otherTable, int otherRow) => table.Type.IsEntity && ReferenceEquals(table, otherTable)
        ? row == otherRow
        : table.SameRow(row, otherTable, otherRow);
}

/// <summary><c>in</c> over constants; null is in the list where the list says null.</summary>
internal sealed class InSetNode<T>(Node<T> operand, HashSet<T> set, bool hasNull) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        value = operand.TryGet(scope, out var item) ? set.Contains(item) : hasNull;
        return true;
    }
}

/// <summary><c>in</c> over expressions.</summary>
internal sealed class InListNode<T>(Node<T> operand, Node<T>[] items) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        var known = operand.TryGet(scope, out var wanted);
        value = false;
        foreach (var item in items)
        {
            if (item.TryGet(scope, out var found) == known && (!known || ValueOrder<T>.Equal(wanted, found)))
            {
                value = true;
                return true;
            }
        }

        return true;
    }
}

/// <summary><c>in</c> over a collection's items.</summary>
internal sealed class InRunNode<T>(Node<T> operand, RunNode collection, ValueColumn<T> items) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        value = false;
        if (operand.TryGet(scope, out var wanted))
        {
            var run = collection.Rows(scope);
            Allowance.TakeSteps(scope, run.Count, 1);
            for (var i = 0; i < run.Count && !value; i++)
            {
                value = items.TryGet(run[i], out var found) && ValueOrder<T>.Equal(wanted, found);
            }
        }

        return true;
    }
}

/// <summary><c>in</c> over structured values.</summary>
internal sealed class InRowsNode(RowNode operand, RunNode collection) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        var row = operand.Row(scope);
        value = false;
        if (row < 0)
        {
            return true;
        }

        var run = collection.Rows(scope);
        Allowance.TakeSteps(scope, run.Count, 1);
        for (var i = 0; i < run.Count && !value; i++)
        {
            value = EqualRowsNode.AreEqual(operand.Table, row, collection.Table, run[i]);
        }

        return true;
    }
}

/// <summary>Whether any of some conditions is true; none of them is ever null.</summary>
internal sealed class AnyNode(Node<bool>[] conditions) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        value = false;
        for (var i = 0; i < conditions.Length && !value; i++)
        {
            _ = conditions[i].TryGet(scope, out value);
        }

        return true;
    }
}

/// <summary>any and all (OData 4.01 Part 2, 5.1.1.13); without a predicate: any item at all.</summary>
internal sealed class LambdaNode(RunNode collection, int slot, Node<bool>? predicate, int nodes, bool isAll) : Node<bool>
{
    public override bool TryGet(int[] scope, out bool value)
    {
        var run = collection.Rows(scope);
        value = isAll;
        if (predicate is null)
        {
            value = run.Count > 0;
            return true;
        }

        Allowance.TakeSteps(scope, run.Count, nodes);
        for (var i = 0; i < run.Count; i++)
        {
            scope[slot] = run[i];
            var holds = predicate.TryGet(scope, out var held) && held;
            if (holds != isAll)
            {
                value = holds;
                return true;
            }
        }

        return true;
    }
}

internal sealed class CountNode(RunNode collection, int slot, Node<bool>? filter, int nodes, SearchMatcher? search) : Node<long>
{
    public override bool TryGet(int[] scope, out long value)
    {
        var run = collection.Rows(scope);
        value = run.Count;
        if (filter is null && search is null)
        {
            return true;
        }

        Allowance.TakeSteps(scope, run.Count, nodes);
        value = 0;
        for (var i = 0; i < run.Count; i++)
        {
            if (filter is not null)
            {
                scope[slot] = run[i];
                if (!filter.TryGet(scope, out var held) || !held)
                {
                    continue;
                }
            }

            if (search is null || search.Matches(run[i]))
            {
                value++;
            }
        }

        return true;
    }
}
