using ODataEngine.Execution.Filters;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Nodes;

// The nodes that give a Boolean, read together: they share this file.
// Three-valued logic and null comparison are OData 4.01 Part 2, 5.1.1.1.

internal sealed class AndNode(Node<bool> left, Node<bool> right) : Node<bool>
{
    public Node<bool> Left { get; } = left;

    public Node<bool> Right { get; } = right;

    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var leftKnown = Left.TryGet(context, out var leftValue);
        value = false;
        if (leftKnown && !leftValue)
        {
            return true;
        }

        var rightKnown = Right.TryGet(context, out var rightValue);
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
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var leftKnown = left.TryGet(context, out var leftValue);
        value = true;
        if (leftKnown && leftValue)
        {
            return true;
        }

        var rightKnown = right.TryGet(context, out var rightValue);
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
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var known = operand.TryGet(context, out var held);
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

    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var leftKnown = Left.TryGet(context, out var leftValue);
        var rightKnown = Right.TryGet(context, out var rightValue);
        var same = leftKnown == rightKnown && (!leftKnown || ValueComparer<T>.AreEqual(leftValue, rightValue));
        value = same != Negated;
        return true;
    }
}

/// <summary>gt, ge, lt and le: false where an operand is null.</summary>
internal sealed class ComparisonNode<T>(BinaryOperator comparison, Node<T> left, Node<T> right) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = left.TryGet(context, out var leftValue) && right.TryGet(context, out var rightValue) && IsTrue(leftValue, rightValue);
        return true;
    }

    private bool IsTrue(T leftValue, T rightValue)
    {
        // IEEE 754: NaN is in no order with anything, which Compare does not say.
        if (ValueComparer<T>.IsNaN(leftValue) || ValueComparer<T>.IsNaN(rightValue))
        {
            return false;
        }

        var order = ValueComparer<T>.Compare(leftValue, rightValue);
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
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = !operand.TryGet(context, out _) != negated;
        return true;
    }
}

/// <summary>Whether a structured value is null.</summary>
internal sealed class IsNullRowNode(RowNode operand, bool negated) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = operand.GetRow(context) < 0 != negated;
        return true;
    }
}

/// <summary>Whether two structured values are equal: an entity by identity, a complex value by its properties.</summary>
internal sealed class EqualRowsNode(RowNode left, RowNode right, bool negated) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var (leftRow, rightRow) = (left.GetRow(context), right.GetRow(context));
        var same = leftRow < 0 || rightRow < 0
            ? leftRow < 0 && rightRow < 0
            : AreEqual(left.Table, leftRow, right.Table, rightRow);
        value = same != negated;
        return true;
    }

    public static bool AreEqual(Table table, int row, Table otherTable, int otherRow) => table.Type.IsEntity && ReferenceEquals(table, otherTable)
        ? row == otherRow
        : table.RowEquals(row, otherTable, otherRow);
}

/// <summary><c>in</c> over constants; null is in the list where the list says null.</summary>
internal sealed class InSetNode<T>(Node<T> operand, HashSet<T> set, bool hasNull) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = operand.TryGet(context, out var item) ? set.Contains(item) : hasNull;
        return true;
    }
}

/// <summary><c>in</c> over expressions.</summary>
internal sealed class InListNode<T>(Node<T> operand, Node<T>[] items) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var known = operand.TryGet(context, out var wanted);
        value = false;
        foreach (var item in items)
        {
            if (item.TryGet(context, out var found) == known && (!known || ValueComparer<T>.AreEqual(wanted, found)))
            {
                value = true;
                return true;
            }
        }

        return true;
    }
}

/// <summary><c>in</c> over a collection's items.</summary>
internal sealed class InCollectionNode<T>(Node<T> operand, CollectionNode collection, ValueColumn<T> items) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = false;
        if (operand.TryGet(context, out var wanted))
        {
            var range = collection.GetRows(context);
            context.Budget.ConsumeSteps(range.Count, 1);
            for (var i = 0; i < range.Count && !value; i++)
            {
                value = items.TryGet(range[i], out var found) && ValueComparer<T>.AreEqual(wanted, found);
            }
        }

        return true;
    }
}

/// <summary><c>in</c> over structured values.</summary>
internal sealed class InStructuredCollectionNode(RowNode operand, CollectionNode collection) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var row = operand.GetRow(context);
        value = false;
        if (row < 0)
        {
            return true;
        }

        var range = collection.GetRows(context);
        context.Budget.ConsumeSteps(range.Count, 1);
        for (var i = 0; i < range.Count && !value; i++)
        {
            value = EqualRowsNode.AreEqual(operand.Table, row, collection.Table, range[i]);
        }

        return true;
    }
}

/// <summary>Whether any of some conditions is true; none of them is ever null.</summary>
internal sealed class AnyConditionNode(Node<bool>[] conditions) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        value = false;
        for (var i = 0; i < conditions.Length && !value; i++)
        {
            _ = conditions[i].TryGet(context, out value);
        }

        return true;
    }
}

/// <summary>any and all (OData 4.01 Part 2, 5.1.1.13); without a predicate: any item at all.</summary>
internal sealed class LambdaNode(CollectionNode collection, int slot, Node<bool>? predicate, int nodeCount, bool isAll) : Node<bool>
{
    public Node<bool>? Predicate { get; } = predicate;

    public int NodeCount { get; } = nodeCount;

    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var range = collection.GetRows(context);
        value = isAll;
        if (Predicate is null)
        {
            value = range.Count > 0;
            return true;
        }

        context.Budget.ConsumeSteps(range.Count, NodeCount);
        for (var i = 0; i < range.Count; i++)
        {
            context.Rows[slot] = range[i];
            var holds = Predicate.TryGet(context, out var held) && held;
            if (holds != isAll)
            {
                value = holds;
                return true;
            }
        }

        return true;
    }
}

internal sealed class CountNode(CollectionNode collection, int slot, Node<bool>? filter, int nodeCount, SearchMatcher? search) : Node<long>
{
    public override bool TryGet(EvaluationContext context, out long value)
    {
        var range = collection.GetRows(context);
        value = range.Count;
        if (filter is null && search is null)
        {
            return true;
        }

        context.Budget.ConsumeSteps(range.Count, nodeCount);
        value = 0;
        for (var i = 0; i < range.Count; i++)
        {
            if (filter is not null)
            {
                context.Rows[slot] = range[i];
                if (!filter.TryGet(context, out var held) || !held)
                {
                    continue;
                }
            }

            if (search is null || search.Matches(range[i]))
            {
                value++;
            }
        }

        return true;
    }
}
