using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Comparison, logic, <c>in</c> and <c>isof</c> (OData 4.01 Part 2, 5.1.1.1).</summary>
internal sealed partial class Compiler
{
    private Node Compile(Binary binary) => binary.Operator switch
    {
        BinaryOperator.And => new AndNode(Condition(binary.Left), Condition(binary.Right)),
        BinaryOperator.Or => new OrNode(Condition(binary.Left), Condition(binary.Right)),
        BinaryOperator.Eq or BinaryOperator.Ne => Equal(binary),
        BinaryOperator.Gt or BinaryOperator.Ge or BinaryOperator.Lt or BinaryOperator.Le => Compare(binary),
        BinaryOperator.Has => Apply<int, int, bool>(binary.Left, binary.Right, static (value, flags) => (value & flags) == flags),
        _ => Arithmetic(binary),
    };

    private Node Equal(Binary binary)
    {
        var negated = binary.Operator == BinaryOperator.Ne;
        if (IsNull(binary.Right))
        {
            return NullTest(binary.Left, negated);
        }

        if (IsNull(binary.Left))
        {
            return NullTest(binary.Right, negated);
        }

        return binary.Left.Type switch
        {
            CollectionType => new EqualListsNode(Items(binary.Left), Items(binary.Right), negated),
            StructuredType => EqualRows(binary.Left, binary.Right, negated),
            _ => ByKind.Do(binary.Left.Type!, new Equalities(this, binary, negated)),
        };
    }

    private Node NullTest(Expression operand, bool negated) => operand.Type switch
    {
        // null eq null; a collection is never null.
        null => new Constant<bool>(!negated),
        CollectionType => new Constant<bool>(negated),
        StructuredType when operand is ObjectExpression => new Constant<bool>(negated),
        StructuredType => new IsNullRowNode(Row(operand), negated),
        var type => ByKind.Do(type, new NullTests(this, operand, negated)),
    };

    private Node<bool> EqualRows(Expression left, Expression right, bool negated)
    {
        if (left is ObjectExpression && right is ObjectExpression)
        {
            throw Unsupported(left);
        }

        if (left is ObjectExpression)
        {
            (left, right) = (right, left);
        }

        if (right is not ObjectExpression literal)
        {
            return new EqualRowsNode(Row(left), Row(right), negated);
        }

        // A complex value equals an object if every property does; one that the object leaves out is null there.
        Node<bool> all = new IsNullRowNode(Row(left), negated: true);
        foreach (var property in literal.ObjectType.Properties.Where(property => !property.IsNavigation))
        {
            var value = literal.Members.FirstOrDefault(member => member.Property == property).Value ?? new Literal(null, null);
            all = new AndNode(all, (Node<bool>)Equal(new Binary(BinaryOperator.Eq, new PropertyAccess(left, property), value, PrimitiveType.Boolean)));
        }

        return negated ? new NotNode(all) : all;
    }

    private Node Compare(Binary binary)
    {
        // A comparison with null is false (5.1.1.1.3 to 5.1.1.1.6).
        return IsNull(binary.Left) || IsNull(binary.Right)
            ? new Constant<bool>(false)
            : ByKind.Do(binary.Left.Type!, new Compares(this, binary));
    }

    private Node Compile(In list) => (list.Operand.Type, list.List) switch
    {
        // Among a list's constants only null itself equals null.
        (null, ListExpression items) => AnyEqual(list.Operand, items.Items.Where(item => IsNull(item) || item is not Literal)),
        (null, _) => new Constant<bool>(false),
        (StructuredType or CollectionType, ListExpression items) => AnyEqual(list.Operand, items.Items),
        (StructuredType, _) => new InRowsNode(Row(list.Operand), Run(list.List)),
        var (type, _) => ByKind.Do(type, new Ins(this, list)),
    };

    private AnyNode AnyEqual(Expression operand, IEnumerable<Expression> items) =>
        new([.. items.Select(item => (Node<bool>)Equal(new Binary(BinaryOperator.Eq, operand, item, PrimitiveType.Boolean)))]);

    private Node Compile(IsOf test) =>
        // A value is of a type where its cast to the type is not null (5.1.1.10.2).
        (test.Operand.Type, test.Target) switch
        {
            (null, _) => new Constant<bool>(false),
            (StructuredType own, StructuredType target) when own.Is(target) => NullTest(test.Operand, negated: true),
            (StructuredType own, StructuredType target) when target.Is(own) => NullTest(new Cast(test.Operand, target), negated: true),
            var (own, target) when TypeRules.Same(own, target) => NullTest(test.Operand, negated: true),
            (StructuredType or CollectionType, _) or (_, StructuredType or CollectionType) => new Constant<bool>(false),
            _ => NullTest(new Cast(test.Operand, test.Target), negated: true),
        };

    private static bool IsNull(Expression expression) => TypeRules.IsNull(expression);

    private readonly record struct Equalities(Compiler Compiler, Binary Binary, bool Negated) : ByKind.IWork<Node>
    {
        public Node Do<T>() => new EqualNode<T>(Compiler.Value<T>(Binary.Left), Compiler.Value<T>(Binary.Right), Negated);
    }

    private readonly record struct Compares(Compiler Compiler, Binary Binary) : ByKind.IWork<Node>
    {
        public Node Do<T>() => new CompareNode<T>(Binary.Operator, Compiler.Value<T>(Binary.Left), Compiler.Value<T>(Binary.Right));
    }

    private readonly record struct NullTests(Compiler Compiler, Expression Operand, bool Negated) : ByKind.IWork<Node>
    {
        public Node Do<T>() => new IsNullNode<T>(Compiler.Value<T>(Operand), Negated);
    }

    private readonly record struct Ins(Compiler Compiler, In In) : ByKind.IWork<Node>
    {
        public Node Do<T>()
        {
            var operand = Compiler.Value<T>(In.Operand);
            if (In.List is not ListExpression list)
            {
                var run = Compiler.Run(In.List);
                return new InRunNode<T>(operand, run, (ValueColumn<T>)run.Table[CollectionColumn.ItemName]);
            }

            var compiler = Compiler;
            if (list.Items.All(item => item is Literal))
            {
                var known = list.Items.Cast<Literal>().Where(item => item.Value is not null).Select(item => (T)item.Value!).Where(value => !ValueOrder<T>.IsNaN(value));
                return new InSetNode<T>(operand, new HashSet<T>(known, ValueOrder<T>.Equality), list.Items.Any(IsNull));
            }

            return new InListNode<T>(operand, [.. list.Items.Select(compiler.Value<T>)]);
        }
    }
}
