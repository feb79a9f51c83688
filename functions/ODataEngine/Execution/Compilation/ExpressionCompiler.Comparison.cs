using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Compilation;

/// <summary>Comparison, logic, <c>in</c> and <c>isof</c> (OData 4.01 Part 2, 5.1.1.1).</summary>
internal sealed partial class ExpressionCompiler
{
    private Node Compile(BinaryExpression binary) => binary.Operator switch
    {
        BinaryOperator.And => new AndNode(CompileCondition(binary.Left), CompileCondition(binary.Right)),
        BinaryOperator.Or => new OrNode(CompileCondition(binary.Left), CompileCondition(binary.Right)),
        BinaryOperator.Eq or BinaryOperator.Ne => CompileEquality(binary),
        BinaryOperator.Gt or BinaryOperator.Ge or BinaryOperator.Lt or BinaryOperator.Le => CompileComparison(binary),
        BinaryOperator.Has => CreateFunction<int, int, bool>(binary.Left, binary.Right, static (value, flags) => (value & flags) == flags),
        _ => CompileArithmetic(binary),
    };

    private Node CompileEquality(BinaryExpression binary)
    {
        var negated = binary.Operator == BinaryOperator.Ne;
        if (IsNull(binary.Right))
        {
            return CompileNullTest(binary.Left, negated);
        }

        if (IsNull(binary.Left))
        {
            return CompileNullTest(binary.Right, negated);
        }

        return binary.Left.Type switch
        {
            CollectionType => new CollectionEqualityNode(CompileItems(binary.Left), CompileItems(binary.Right), negated),
            StructuredType => CompileRowEquality(binary.Left, binary.Right, negated),
            _ => TypeDispatcher.Dispatch(binary.Left.Type!, new EqualityOperation(this, binary, negated)),
        };
    }

    private Node CompileNullTest(Expression operand, bool negated) => operand.Type switch
    {
        // null eq null; a collection is never null.
        null => new ConstantNode<bool>(!negated),
        CollectionType => new ConstantNode<bool>(negated),
        StructuredType when operand is ObjectExpression => new ConstantNode<bool>(negated),
        StructuredType => new IsNullRowNode(CompileRow(operand), negated),
        var type => TypeDispatcher.Dispatch(type, new NullTestOperation(this, operand, negated)),
    };

    private Node<bool> CompileRowEquality(Expression left, Expression right, bool negated)
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
            return new EqualRowsNode(CompileRow(left), CompileRow(right), negated);
        }

        // A complex value equals an object if every property does; one that the object leaves out is null there.
        Node<bool> all = new IsNullRowNode(CompileRow(left), negated: true);
        foreach (var property in literal.ObjectType.Properties.Where(property => !property.IsNavigation))
        {
            var value = literal.Members.FirstOrDefault(member => member.Property == property).Value ?? new Literal(null, null);
            all = new AndNode(all, (Node<bool>)CompileEquality(new BinaryExpression(BinaryOperator.Eq, new PropertyAccess(left, property), value, PrimitiveType.Boolean)));
        }

        return negated ? new NotNode(all) : all;
    }

    private Node CompileComparison(BinaryExpression binary)
    {
        // A comparison with null is false (5.1.1.1.3 to 5.1.1.1.6).
        return IsNull(binary.Left) || IsNull(binary.Right)
            ? new ConstantNode<bool>(false)
            : TypeDispatcher.Dispatch(binary.Left.Type!, new ComparisonOperation(this, binary));
    }

    private Node Compile(InExpression list) => (list.Operand.Type, list.List) switch
    {
        // Among a list's constants only null itself equals null.
        (null, ListExpression items) => CompileAnyEqual(list.Operand, items.Items.Where(item => IsNull(item) || item is not Literal)),
        (null, _) => new ConstantNode<bool>(false),
        (StructuredType or CollectionType, ListExpression items) => CompileAnyEqual(list.Operand, items.Items),
        (StructuredType, _) => new InStructuredCollectionNode(CompileRow(list.Operand), CompileCollection(list.List)),
        var (type, _) => TypeDispatcher.Dispatch(type, new InOperation(this, list)),
    };

    private AnyConditionNode CompileAnyEqual(Expression operand, IEnumerable<Expression> items) =>
        new([.. items.Select(item => (Node<bool>)CompileEquality(new BinaryExpression(BinaryOperator.Eq, operand, item, PrimitiveType.Boolean)))]);

    private Node Compile(IsOfExpression test) =>
        // A value is of a type where its cast to the type is not null (5.1.1.10.2).
        (test.Operand.Type, test.Target) switch
        {
            (null, _) => new ConstantNode<bool>(false),
            (StructuredType own, StructuredType target) when own.IsOrDerivesFrom(target) => CompileNullTest(test.Operand, negated: true),
            (StructuredType own, StructuredType target) when target.IsOrDerivesFrom(own) => CompileNullTest(new CastExpression(test.Operand, target), negated: true),
            var (own, target) when TypeRules.AreSame(own, target) => CompileNullTest(test.Operand, negated: true),
            (StructuredType or CollectionType, _) or (_, StructuredType or CollectionType) => new ConstantNode<bool>(false),
            _ => CompileNullTest(new CastExpression(test.Operand, test.Target), negated: true),
        };

    private static bool IsNull(Expression expression) => TypeRules.IsNull(expression);

    private readonly record struct EqualityOperation(ExpressionCompiler Compiler, BinaryExpression Binary, bool Negated) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new EqualNode<T>(Compiler.CompileValue<T>(Binary.Left), Compiler.CompileValue<T>(Binary.Right), Negated);
    }

    private readonly record struct ComparisonOperation(ExpressionCompiler Compiler, BinaryExpression Binary) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new ComparisonNode<T>(Binary.Operator, Compiler.CompileValue<T>(Binary.Left), Compiler.CompileValue<T>(Binary.Right));
    }

    private readonly record struct NullTestOperation(ExpressionCompiler Compiler, Expression Operand, bool Negated) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new IsNullNode<T>(Compiler.CompileValue<T>(Operand), Negated);
    }

    private readonly record struct InOperation(ExpressionCompiler Compiler, InExpression In) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>()
        {
            var operand = Compiler.CompileValue<T>(In.Operand);
            if (In.List is not ListExpression list)
            {
                var collection = Compiler.CompileCollection(In.List);
                return new InCollectionNode<T>(operand, collection, (ValueColumn<T>)collection.Table[CollectionColumn.ItemName]);
            }

            var compiler = Compiler;
            if (list.Items.All(item => item is Literal))
            {
                var constants = list.Items.Cast<Literal>().Where(item => item.Value is not null).Select(item => (T)item.Value!).Where(value => !ValueComparer<T>.IsNaN(value));
                return new InSetNode<T>(operand, new HashSet<T>(constants, ValueComparer<T>.Equality), list.Items.Any(IsNull));
            }

            return new InListNode<T>(operand, [.. list.Items.Select(compiler.CompileValue<T>)]);
        }
    }
}
