# Asks once at each start of its page.
.class public Lorg/apprights/proof/relaunch/Main;
.super Lorg/apprights/proof/Screen;

.method public constructor <init>()V
    .locals 0
    invoke-direct {p0}, Lorg/apprights/proof/Screen;-><init>()V
    return-void
.end method

.method protected onCreate(Landroid/os/Bundle;)V
    .locals 2
    invoke-super {p0, p1}, Landroid/app/Activity;->onCreate(Landroid/os/Bundle;)V
    const-string v0, "\u9996\u9875"
    const-string v1, "\u5185\u5bb9"
    invoke-virtual {p0, v0, v1}, Lorg/apprights/proof/Screen;->page(Ljava/lang/String;Ljava/lang/String;)Landroid/view/View;
    move-result-object v0
    invoke-virtual {p0, v0}, Landroid/app/Activity;->setContentView(Landroid/view/View;)V
    const-string v0, "android.permission.CAMERA"
    invoke-virtual {p0, v0}, Lorg/apprights/proof/Screen;->ask(Ljava/lang/String;)V
    return-void
.end method
